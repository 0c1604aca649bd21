# bash completion for baytime. Made by: baytime completion bash

_baytime_verbs='ack add-work alerts assign audit backup bays book bye calibration call-back cancel completion confirm-day consent contact correct decide-excuse delay deliver duties estimate excuse export export-events finish forget health hello help history import import-faults import-orders import-part inspect jobs late log-level no-show pause ping predictions promise quote raw ready receive report repromise restore show sign sign-test sign-trace standards start support tls token token-add token-list token-revoke top unassign undo unwatch version wash watch why yes'
_baytime_options='--as --config --device --fingerprint --help --host --json --known-hosts --lang --once --port --prometheus --tls --token --token-file --version'
_baytime_sign_options='--address --baud --brightness --columns --command --driver --field --format --hex --init --json --lang --option --port --rows --text --type'
_baytime_drivers='alpha onbon modbus am03127 cpower raw'

_baytime_parameters() {
    case $1 in
        ack) echo 'alert= as= staff= pin= at= key=' ;;
        add-work) echo 'order= name= minutes= code= as= staff= pin= at= key=' ;;
        assign) echo 'order= bay= technician= parked as= staff= pin= at= key=' ;;
        audit) echo 'count= as= staff= pin=' ;;
        backup) echo 'status' ;;
        book) echo 'order= plate= model= type= first_service maintenance repair accident warranty appointment= promise= customer= phone= advisor= items= wash= express as= staff= pin= at= key=' ;;
        call-back) echo 'order= late text= as= staff= pin= at= key=' ;;
        cancel) echo 'order= reason= as= staff= pin= at= key=' ;;
        confirm-day) echo 'day= as= staff= pin= at= key=' ;;
        consent) echo 'order= item= declined who= how= in_person phone message as= staff= pin= at= key=' ;;
        contact) echo 'order= who= how= in_person phone message to= text= as= staff= pin= at= key=' ;;
        correct) echo 'order= plate= model= customer= phone= advisor= return_of= type= first_service maintenance repair accident warranty promise= wash= waiting= express= amount= as= staff= pin= at= key=' ;;
        decide-excuse) echo 'order= decision= accepted rejected as= staff= pin= at= key=' ;;
        delay) echo 'order= minutes= to= reason= parts added_work diagnosis labour equipment rework customer other text= as= staff= pin= at= key=' ;;
        deliver) echo 'order= amount= as= staff= pin= at= key=' ;;
        duties) echo 'advisor=' ;;
        estimate) echo 'order= to= as= staff= pin= at= key=' ;;
        excuse) echo 'order= cause= signature= as= staff= pin= at= key=' ;;
        export-events) echo 'after=' ;;
        finish) echo 'order= as= staff= pin= at= key=' ;;
        forget) echo 'plate= as= staff= pin= at= key=' ;;
        hello) echo 'token= device= staff= pin= badge= lang= zh en' ;;
        history) echo 'order=' ;;
        import-faults) echo 'from=' ;;
        import-orders) echo 'mapping= skip_bad dry_run' ;;
        import-part) echo 'text=' ;;
        inspect) echo 'order= passed failed level= reason= as= staff= pin= at= key=' ;;
        jobs) echo 'state= booked waiting assigned in_progress paused inspection washing ready delivered cancelled no_show all' ;;
        late) echo 'minutes= reason= parts added_work diagnosis labour equipment rework customer other order= as= staff= pin= at= key=' ;;
        log-level) echo 'level= debug info warn error room= all daemon door store signs' ;;
        no-show) echo 'order= as= staff= pin= at= key=' ;;
        pause) echo 'order= reason= parts customer equipment rest other as= staff= pin= at= key=' ;;
        promise) echo 'order= to= as= staff= pin= at= key=' ;;
        quote) echo 'items= type= first_service maintenance repair accident warranty appointment= wash= express' ;;
        ready) echo 'order= as= staff= pin= at= key=' ;;
        receive) echo 'order= plate= model= type= first_service maintenance repair accident warranty promise= customer= phone= advisor= return_of= items= wash= express waiting as= staff= pin= at= key=' ;;
        report) echo 'kind= daily monthly allowance delays returns visits utilisation efficiency bays standards contacts service_check excuses by= department advisor technician team repair_type date= month= year= explain' ;;
        repromise) echo 'order= to= reason= parts added_work diagnosis labour equipment rework customer other who= how= in_person phone message as= staff= pin= at= key=' ;;
        show) echo 'order=' ;;
        sign-test) echo 'sign=' ;;
        sign-trace) echo 'sign= since=' ;;
        start) echo 'order= bay= technician= force as= staff= pin= at= key=' ;;
        token-add) echo 'device= kind= display station full bay=' ;;
        token-revoke) echo 'device=' ;;
        unassign) echo 'order= as= staff= pin= at= key=' ;;
        undo) echo 'order= as= staff= pin= at= key=' ;;
        unwatch) echo 'view= lounge workshop alerts events bay:' ;;
        wash) echo 'order= as= staff= pin= at= key=' ;;
        watch) echo 'view= lounge workshop alerts events bay: since=' ;;
        why) echo 'order=' ;;
        yes) echo 'order= as= staff= pin= at= key=' ;;
        help) echo "$_baytime_verbs" ;;
        completion) echo bash ;;
        sign) echo 'list commands encode decode test trace record replay' ;;
    esac
}

_baytime_values() {
    case $1 in
        'book type') echo 'first_service maintenance repair accident warranty' ;;
        'consent how') echo 'in_person phone message' ;;
        'contact how') echo 'in_person phone message' ;;
        'correct type') echo 'first_service maintenance repair accident warranty' ;;
        'decide-excuse decision') echo 'accepted rejected' ;;
        'delay reason') echo 'parts added_work diagnosis labour equipment rework customer other' ;;
        'hello lang') echo 'zh en' ;;
        'jobs state') echo 'booked waiting assigned in_progress paused inspection washing ready delivered cancelled no_show' ;;
        'late reason') echo 'parts added_work diagnosis labour equipment rework customer other' ;;
        'log-level level') echo 'debug info warn error' ;;
        'log-level room') echo 'all daemon door store signs' ;;
        'pause reason') echo 'parts customer equipment rest other' ;;
        'quote type') echo 'first_service maintenance repair accident warranty' ;;
        'receive type') echo 'first_service maintenance repair accident warranty' ;;
        'report kind') echo 'daily monthly allowance delays returns visits utilisation efficiency bays standards contacts service_check excuses' ;;
        'report by') echo 'department advisor technician team repair_type' ;;
        'repromise reason') echo 'parts added_work diagnosis labour equipment rework customer other' ;;
        'repromise how') echo 'in_person phone message' ;;
        'token-add kind') echo 'display station full' ;;
        'unwatch view') echo 'lounge workshop alerts events bay:' ;;
        'watch view') echo 'lounge workshop alerts events bay:' ;;
    esac
}

_baytime() {
    local current previous verb name words i
    current=${COMP_WORDS[COMP_CWORD]}
    previous=${COMP_WORDS[COMP_CWORD-1]}
    COMPREPLY=()
    # bash splits words at '=', so a value arrives as: name, =, value
    if [[ $current == '=' ]]; then name=$previous current=''
    elif [[ $previous == '=' ]]; then name=${COMP_WORDS[COMP_CWORD-2]}
    fi
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
            --host | --port | --token | --token-file | --device | --as | --lang | --config) ((i++)) ;;
            --fingerprint | --known-hosts) ((i++)) ;;
            -*) ;;
            *) verb=${COMP_WORDS[i]}; break ;;
        esac
    done
    case $previous in
        --driver) COMPREPLY=($(compgen -W "$_baytime_drivers" -- "$current")); return ;;
        --lang) COMPREPLY=($(compgen -W 'zh en' -- "$current")); return ;;
        --token-file | --config | --known-hosts) COMPREPLY=($(compgen -f -- "$current")); return ;;
        --host | --port | --token | --device | --as | --fingerprint) return ;;
    esac
    if [[ -n $name ]]; then
        COMPREPLY=($(compgen -W "$(_baytime_values "$verb $name")" -- "$current"))
    elif [[ $current == -* && $verb == sign ]]; then
        COMPREPLY=($(compgen -W "$_baytime_sign_options" -- "$current"))
    elif [[ $current == -* ]]; then
        COMPREPLY=($(compgen -W "$_baytime_options" -- "$current"))
    elif [[ -z $verb ]]; then
        COMPREPLY=($(compgen -W "$_baytime_verbs" -- "$current"))
    else
        words=" $(_baytime_parameters "$verb") "
        # what was said already is not offered again
        for ((; i < COMP_CWORD; i++)); do
            [[ ${COMP_WORDS[i+1]} == '=' ]] && words=${words/ ${COMP_WORDS[i]}= / }
        done
        COMPREPLY=($(compgen -W "$words" -- "$current"))
        [[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace
    fi
}

complete -F _baytime baytime
