-- A journal of schema step 1, as the first program wrote it: no times of receipt, no sums, no kept answers.
-- Never edited again: journal-v1.db is what the upgrade test reads.
PRAGMA journal_mode = WAL;
PRAGMA application_id = 1113684308;
CREATE TABLE schema_step (
    step INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    at INTEGER NOT NULL              -- milliseconds since 1970, UTC, as everywhere
) STRICT;
CREATE TABLE event (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    cause TEXT NOT NULL,
    order_no TEXT NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL
) STRICT;
INSERT INTO schema_step VALUES (1, 'events', 1763683200000);
INSERT INTO event VALUES
(1, 1763690400000, '201', 'c1', 'R1001', 'received', '{"v":1,"plate":"沪A12345","model":"帕萨特","type":"maintenance","promise":"2025-11-21T04:00:00Z","customer":"王芳","phone":"13800000001","advisor":"201","items":[{"code":"M-010","name":"换机油","minutes":40}]}'),
(2, 1763690460000, '301', 'c2', 'R1001', 'assigned', '{"v":1,"bay":"3"}'),
(3, 1763690520500, '101', 'c3', 'R1001', 'started', '{"v":1,"technician":"101","bay":"3"}'),
(4, 1763690580000, '201', 'c4', 'R1002', 'booked', '{"v":1,"plate":"沪AD12338","appointment":"2025-11-21T06:00:00Z"}'),
(5, 1763690700000, '101', 'c5', 'R1001', 'paused', '{"v":1,"reason":"parts"}'),
(6, 1763690760000, '101', 'c6', 'R1001', 'delay_flagged', '{"v":1,"estimate":"2025-11-21T04:30:00Z","reason":"parts","text":"等机油滤芯"}'),
(7, 1763690820000, '101', 'c7', 'R1001', 'started', '{"v":1,"technician":"101","bay":"3"}'),
(8, 1763692800000, '101', 'c8', 'R1001', 'finished', '{"v":1}'),
(9, 1763693400000, '401', 'c9', 'R1001', 'inspected', '{"v":1,"passed":true,"next":"washing"}'),
(10, 1763694000000, '101', 'c10', 'R1001', 'washed', '{"v":1}'),
(11, 1763694000000, '101', 'c10', 'R1001', 'ready', '{"v":1}'),
(12, 1763694600000, '201', 'c11', 'R1001', 'delivered', '{"v":1}');
