BEGIN TRANSACTION;
CREATE TABLE _sqlx_migrations (
    version BIGINT PRIMARY KEY,
    description TEXT NOT NULL,
    installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    success BOOLEAN NOT NULL,
    checksum BLOB NOT NULL,
    execution_time BIGINT NOT NULL
);
INSERT INTO "_sqlx_migrations" VALUES(1,'ledger','2026-11-27 07:15:04',1,X'3744082D3D89ADEF51A1ADC195DE9F8CAD63A1EC826D1A8F459A94BBF3891D32959EF5B163A427CC4B5C6F256E495DA2',2498808);
INSERT INTO "_sqlx_migrations" VALUES(2,'account','2026-11-27 07:15:04',1,X'2AB533751887B8E0E391E006ABDBD195A5BEC6F7CC76B2C2A3E7EA7F9770793C67B460BE23C3FAF4F7319125C502B0E4',1076181);
INSERT INTO "_sqlx_migrations" VALUES(3,'feeds','2026-11-27 07:15:04',1,X'0EF475925AC538E3B1558BFE85AA861F5EE01D5ADDCA93C055D3106DA678FC2BB34FB0B717EB6AADEEBF628C363D2C34',634584);
INSERT INTO "_sqlx_migrations" VALUES(4,'attendance','2026-11-27 07:15:04',1,X'563D34EBC7B84FD2A46010701C37C7BE0BD720AC9B79E2CF5FC016E8307AC9FCA16585AC4963B53ED37A9E0EC2D49000',1148676);
INSERT INTO "_sqlx_migrations" VALUES(5,'uploads','2026-11-27 07:15:04',1,X'40E0E3EA90E45CA701BA2C82BB0FEEFA1E3C60B6561E171F3E0C9297228AE178ED100C86FC16A6CBAD945D3FB737CADF',685363);
INSERT INTO "_sqlx_migrations" VALUES(6,'booked by staff','2026-11-27 07:15:04',1,X'1B6F74EE62F784D76495F55B66F6E7CAFB6940B92C17AE4156A9BCA198A6D6C847F9BD9AF33DBA711B5AF1D6BD05F339',1103221);
CREATE TABLE appointments (
    branch_id       blob    NOT NULL,
    appointment_id  blob    NOT NULL,
    status          text    NOT NULL, -- booked, cancelled
    cart_id         blob    NOT NULL,
    link_id         blob    NOT NULL,
    client_id       blob    NOT NULL,
    activity_id     blob    NOT NULL,
    service_id      blob    NOT NULL,
    team_member_id  blob    NOT NULL,
    starts_at       integer NOT NULL,
    duration        integer NOT NULL, -- minutes
    spots           integer NOT NULL,
    membership_id   blob,
    booked_at       integer NOT NULL,
    changed_at      integer NOT NULL,
    cancelled_by    text,
    moved_from      integer,
    team_member_was blob,
    revision        integer NOT NULL,
    version         integer NOT NULL, attendance text, booked_by_staff integer NOT NULL DEFAULT 0,
    PRIMARY KEY (branch_id, appointment_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "appointments" VALUES(X'291763F5A5BA5D5491E712E64E8B3DA8',X'01A21BDB9B3D835F88C10C212E7A1A7E','booked',X'01A21BDB9B3D7769A77E4BE8D6361E3E',X'8B5C53939D70532CA547D3750BF2346B',X'9746092144C24BA39E7D93362F7DF1EE',X'1CA1464AC2695BF4A790CAEEEAE0AEA5',X'6D1D850E47DE5F4B973323251268B401',X'58B3357BD89F5C05841FF4B7DDE02B23',1799170200000000,60,1,NULL,1795763708313899,1795763708313899,NULL,NULL,NULL,0,1,NULL,0);
CREATE TABLE availability (
    branch_id      blob    NOT NULL,
    activity_id    blob    NOT NULL,
    service_id     blob    NOT NULL,
    team_member_id blob    NOT NULL,
    starts_at      integer NOT NULL,
    duration       integer NOT NULL, -- minutes
    capacity       integer NOT NULL,
    taken          integer NOT NULL,
    open           integer NOT NULL,
    cancelled      integer NOT NULL,
    version        integer NOT NULL,
    PRIMARY KEY (branch_id, activity_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "availability" VALUES(X'291763F5A5BA5D5491E712E64E8B3DA8',X'1CA1464AC2695BF4A790CAEEEAE0AEA5',X'6D1D850E47DE5F4B973323251268B401',X'58B3357BD89F5C05841FF4B7DDE02B23',1799170200000000,60,12,1,1,0,2);
INSERT INTO "availability" VALUES(X'291763F5A5BA5D5491E712E64E8B3DA8',X'496964A62CCC51A998D23D0E31C4B708',X'6D1D850E47DE5F4B973323251268B401',X'58B3357BD89F5C05841FF4B7DDE02B23',1799947800000000,60,12,0,1,0,1);
INSERT INTO "availability" VALUES(X'291763F5A5BA5D5491E712E64E8B3DA8',X'4E167A07BB81542EBD1BED77A54E1C69',X'52B80399F9FD5B43ACAF521D1DB76D49',X'C2C7EAD44A9C5385AAFAE9EF60FEDAAD',1799261100000000,45,12,0,1,0,1);
INSERT INTO "availability" VALUES(X'291763F5A5BA5D5491E712E64E8B3DA8',X'B75323DFC8F45BB19476D89DD267144D',X'6D1D850E47DE5F4B973323251268B401',X'58B3357BD89F5C05841FF4B7DDE02B23',1799343000000000,60,12,0,1,0,1);
INSERT INTO "availability" VALUES(X'291763F5A5BA5D5491E712E64E8B3DA8',X'C58D4F4B027D5C23959EDFA14B36E4E9',X'6D1D850E47DE5F4B973323251268B401',X'58B3357BD89F5C05841FF4B7DDE02B23',1799775000000000,60,12,0,1,0,1);
INSERT INTO "availability" VALUES(X'291763F5A5BA5D5491E712E64E8B3DA8',X'F5DEA9C7866F571183E5A280A7FE7FC8',X'52B80399F9FD5B43ACAF521D1DB76D49',X'C2C7EAD44A9C5385AAFAE9EF60FEDAAD',1799865900000000,45,12,0,1,0,1);
CREATE TABLE branches (
    branch_id blob    NOT NULL PRIMARY KEY,
    document  text    NOT NULL,
    version   integer NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "branches" VALUES(X'291763F5A5BA5D5491E712E64E8B3DA8','{"branch_id":"291763f5-a5ba-5d54-91e7-12e64e8b3da8","branch":{"details":{"name":"Riverside Studio","time_zone":"Europe/Berlin","country":"DE","address":null,"phone":null},"rules":{"prepayment":false,"multiple_spots":"off","cancellation":{"allowed":false,"notice":0},"rescheduling":{"allowed":false,"notice":0},"duplicates":"refuse"},"services":{"52b80399-f9fd-5b43-acaf-521d1db76d49":{"name":"Boxing","duration":45,"price":null,"prepayment_required":false,"membership_booking":"off"},"6d1d850e-47de-5f4b-9733-23251268b401":{"name":"Yoga","duration":60,"price":null,"prepayment_required":false,"membership_booking":"off"}},"team":{"58b3357b-d89f-5c05-841f-f4b7dde02b23":"Sofie","c2c7ead4-4a9c-5385-aafa-e9ef60fedaad":"Marco"}},"changed_at":"2026-11-27T07:15:04.185889Z","version":5}',5);
CREATE TABLE capabilities (
    branch_id  blob NOT NULL,
    hash       blob NOT NULL,
    kind       text NOT NULL,
    id         blob NOT NULL,
    revoked_at integer,
    PRIMARY KEY (branch_id, hash)
) STRICT, WITHOUT ROWID;
INSERT INTO "capabilities" VALUES(X'291763F5A5BA5D5491E712E64E8B3DA8',X'0654C9AC53413037F40C4136C165F1E29B1C1DB35923EFE2B454321CE5949103','result',X'01A21BDB9B3D7769A77E4BE8D6361E3E',NULL);
INSERT INTO "capabilities" VALUES(X'291763F5A5BA5D5491E712E64E8B3DA8',X'3C1E15989955F6C2D2380E6B5E5A6484B687468FCE6175EE22748233772279DB','cart',X'01A21BDB9B3D7769A77E4BE8D6361E3E',NULL);
INSERT INTO "capabilities" VALUES(X'291763F5A5BA5D5491E712E64E8B3DA8',X'ED7A5F6FE26251B70FA1F5D44FE4B2405D7AD81767CD8784F7973439730FB1E4','appointment',X'01A21BDB9B3D835F88C10C212E7A1A7E',NULL);
CREATE TABLE carts (
    branch_id blob    NOT NULL,
    cart_id   blob    NOT NULL,
    document  text    NOT NULL,
    version   integer NOT NULL,
    PRIMARY KEY (branch_id, cart_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "carts" VALUES(X'291763F5A5BA5D5491E712E64E8B3DA8',X'01A21BDB9B3D7769A77E4BE8D6361E3E','{"cart_id":"01a21bdb-9b3d-7769-a77e-4be8d6361e3e","link_id":"8b5c5393-9d70-532c-a547-d3750bf2346b","opened_at":"2026-11-27T07:15:06.685280Z","selected":[{"activity_id":"1ca1464a-c269-5bf4-a790-caeeeae0aea5","spots":1}],"shown":{"max_events":10,"prepayment":false,"starts":{"1ca1464a-c269-5bf4-a790-caeeeae0aea5":"2027-01-05T17:30:00Z"}},"confirmed":{"client_id":"97460921-44c2-4ba3-9e7d-93362f7df1ee","confirmed_at":"2026-11-27T07:15:08.311912Z","lines":[{"activity_id":"1ca1464a-c269-5bf4-a790-caeeeae0aea5","appointment_id":"01a21bdb-9b3d-835f-88c1-0c212e7a1a7e","spots":1}],"refused":[]},"version":3}',3);
CREATE TABLE clients (
    branch_id   blob NOT NULL,
    client_id   blob NOT NULL,
    phone_mac   blob NOT NULL,
    wrapped_key blob NOT NULL,
    sealed      blob NOT NULL,
    PRIMARY KEY (branch_id, client_id),
    UNIQUE (branch_id, phone_mac)
) STRICT, WITHOUT ROWID;
INSERT INTO "clients" VALUES(X'291763F5A5BA5D5491E712E64E8B3DA8',X'9746092144C24BA39E7D93362F7DF1EE',X'0FEEE848710328931F3B2B1F11142795FCD3B99C4CB71867824F0B4D58FFF217',X'0154E60099BA740909F6C275BC3D03D82ED10E8E9E28BA116056E76851C3AB0CE39F56EA94337B884F0F3437A8865705EFE043CAD5A107B501C664179F595CF94DB9603FB08A34B7E1',X'01110762C65A30C00155073432711578E3E4B5C18E407ED97C62C2FBD161E30D042B8D9C890C3E1AF5F96C28FF73692F0D79353E90F044320406B48B70B87281EC1C25A5B8C52677893F7D40C1D51E1A3668866CF637CC709D64E793773FDE62DC156EC56F11F8E156230298F824D665FB');
CREATE TABLE codes (
    branch_id       blob    NOT NULL,
    subject         blob    NOT NULL,
    code_mac        blob    NOT NULL,
    issued_at       integer NOT NULL,
    tries           integer NOT NULL, -- that failed
    day             integer NOT NULL, -- days since 1970, of the last code
    issued_that_day integer NOT NULL,
    version         integer NOT NULL,
    PRIMARY KEY (branch_id, subject)
) STRICT, WITHOUT ROWID;
CREATE TABLE commands (
    branch_id   blob    NOT NULL,
    scope       text    NOT NULL,
    key         text    NOT NULL,
    fingerprint blob    NOT NULL,
    first       integer NOT NULL,
    last        integer NOT NULL,
    answer      blob    NOT NULL,
    PRIMARY KEY (branch_id, scope, key)
) STRICT, WITHOUT ROWID;
INSERT INTO "commands" VALUES(X'291763F5A5BA5D5491E712E64E8B3DA8','01a21bdb-9b3d-7769-a77e-4be8d6361e3e','released-1',X'DDE5CC9690406B1F7C1F0FE8A7B935C8469E7C3950EDCF91F634DD2677190F4D',15,17,X'01A586ED39B204D1EDA113D16583F4376B5D711E978E59C0DB3F581F28D6C33F8FD5C601E0908831AA31CCBADB5D4B8888673397D138A195C67258329EE714818E51CE2D4F5908AD35B0095CD46CB4BEF33E8E7A2EA51C25C55B557A39D1DB101513ADAAA0FCBA84F8415845747FB430D20373877A31A0166F5288E572B9452AFCE37C3C48F574522A5D18BFAD2E6E7DF8CE231AFBC8C726C8A4F695E2C29411D2843FFEF24281D0641C6AB04364253720D14F237D8499513B26BF59D52A073DD80D4CDB5BC5828AC17027686B88ACF300B21754BBE46F61DB6EA771EACE6B6B6D52B82AA47120270E49EE1EBFA626884FCD1F926BB8FB60C16D0368EE2FC178A0F9468905FDA379FC3D1654E271FAF64EC9CE96D0EB50C9FAB75578DF3D0BB27F863432986EB438AE558270A13104F14D4D23D293363313BE8898241BFA2E1E928FD8A5593140C2AD208AFE34CFEF2653631F98047831221BB310802E57AFD3E095051489A20ECFB9153882B1AF1CDF0A63459F0DB538A7430F456C8D5F002A13');
CREATE TABLE contacts (
    branch_id blob NOT NULL,
    cart_id   blob NOT NULL,
    client_id blob NOT NULL,
    sealed    blob NOT NULL,
    PRIMARY KEY (branch_id, cart_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "contacts" VALUES(X'291763F5A5BA5D5491E712E64E8B3DA8',X'01A21BDB9B3D7769A77E4BE8D6361E3E',X'9746092144C24BA39E7D93362F7DF1EE',X'017A04C6B3169F47B2345998E4E935DF33B16F18311EBDE2EF00D309160A8326BC448F3AB816CF13E5180B50C5723226BFA8AB73F16328222EEA811C4208071CC262FDD1A19F39C50E2B96D7D0ECE938FB409EA4BC92DB7E133E5E81E249FC63FB3AFF04E63FBCF940B4212BCAA9BFDB63764BB70A18D84FA3D2B9831980C589034882CA08C322426BA16534A18C2643D084D87B021CF0A4B6BCCA85A6DD52353D96627B09CFF704A864E2C09661700BC407C7F7B063239E292B6543A3BBA81F14E3FCA81FC6AAE21EBBD5FC30B7097E1AB77D1CD7393F879BBCBE910C0BA6CC70E8EB579B586DD68F892F2B59CCE2C8D5F51AC71B306C11A9F1453EDE9A0FE7B7BEAAEF251DFCDB8584B049AC65B44FEB49130CBE27E8B10BA4FECA9DE22E320BF365FDBB8C9851006D96DFA54A2052FF0BF0391886333B617A89D5761F208D9580673037886CFC4D292012AF924A4C33026CAE0104BF5D41BAD1DAD8EF7B41C69940E0C9EC4494CFFCA8C7FD896D506268F70F739D474DD32233813980A9637334FFDC3E7FC95AB1E6FA31C4003F8607FD0334F3EA0C50CF4DC82A3A7EABD8775E73C5DF00FAA639397AAF68297D6E02A5B75777AF35F44195119B74B82913076B7F49497BD44AF7D9C13841528DC22E032EDC58250E62E66E317B6B5A86B77F1A5A16508CA24B32B8BDFA806A47D2C3100C0F3CB474E0481FA0B2CE66C197C221FC1915ED224002061E66A3AE9F239AEBF1B21F0DBDC856C883028772544F1337E5C5D3B1263E430EE03EA23C4CCAC706C596B9919016D4F35526275022CA6C5077C9C7E24AA2B723E2CDF6BD2BC0E44812D13BA683A24006F36F66339259255E1CB0E51B8CD8AB36DA1741EF6A892489A346DB740F06538CE767A3977CC08378B1D8ECAE7E95FF832C');
CREATE TABLE events (
    aggregate_type text    NOT NULL,
    aggregate_id   text    NOT NULL,
    sequence       integer NOT NULL CHECK (sequence >= 1),
    event_type     text    NOT NULL,
    event_version  text    NOT NULL,
    payload        text    NOT NULL,
    metadata       text    NOT NULL,
    branch_id      blob    NOT NULL,
    position       integer NOT NULL CHECK (position >= 1),
    recorded_at    integer NOT NULL, -- microseconds since 1970
    hash           blob    NOT NULL,
    PRIMARY KEY (aggregate_type, aggregate_id, sequence),
    UNIQUE (branch_id, position)
) STRICT;
INSERT INTO "events" VALUES('branch','291763f5-a5ba-5d54-91e7-12e64e8b3da8/291763f5-a5ba-5d54-91e7-12e64e8b3da8',1,'branch.opened.v1','1','{"type":"branch.opened.v1","details":{"name":"Riverside Studio","time_zone":"Europe/Berlin","country":"DE","address":null,"phone":null}}','{"actor":"import","cause":"open-branch","command":"import-01a21bdb-9171-7067-a94a-124ed6aaa493","request":"import-01a21bdb-9171-7067-a94a-124ed6aaa493"}',X'291763F5A5BA5D5491E712E64E8B3DA8',1,1795763704180860,X'8706BEBF77179CB4AE6DDD5818E39CEA564294839F684F1C5563C185C7AA87BB');
INSERT INTO "events" VALUES('branch','291763f5-a5ba-5d54-91e7-12e64e8b3da8/291763f5-a5ba-5d54-91e7-12e64e8b3da8',2,'branch.service-added.v1','1','{"type":"branch.service-added.v1","service_id":"52b80399-f9fd-5b43-acaf-521d1db76d49","service":{"name":"Boxing","duration":45,"price":null,"prepayment_required":false,"membership_booking":"off"}}','{"actor":"import","cause":"set-service","command":"import-01a21bdb-9171-7067-a94a-124ed6aaa493","request":"import-01a21bdb-9171-7067-a94a-124ed6aaa493"}',X'291763F5A5BA5D5491E712E64E8B3DA8',2,1795763704182392,X'9C473FDF37001D15813C35F0D8CD44B678CB75016B79DE4123CC8DC92F29C6E8');
INSERT INTO "events" VALUES('branch','291763f5-a5ba-5d54-91e7-12e64e8b3da8/291763f5-a5ba-5d54-91e7-12e64e8b3da8',3,'branch.service-added.v1','1','{"type":"branch.service-added.v1","service_id":"6d1d850e-47de-5f4b-9733-23251268b401","service":{"name":"Yoga","duration":60,"price":null,"prepayment_required":false,"membership_booking":"off"}}','{"actor":"import","cause":"set-service","command":"import-01a21bdb-9171-7067-a94a-124ed6aaa493","request":"import-01a21bdb-9171-7067-a94a-124ed6aaa493"}',X'291763F5A5BA5D5491E712E64E8B3DA8',3,1795763704183635,X'401397D696F99BD25CE7A518EF2AD1632F64386EAF989CC483C7F0C303A91F85');
INSERT INTO "events" VALUES('branch','291763f5-a5ba-5d54-91e7-12e64e8b3da8/291763f5-a5ba-5d54-91e7-12e64e8b3da8',4,'branch.team-member-added.v1','1','{"type":"branch.team-member-added.v1","team_member_id":"58b3357b-d89f-5c05-841f-f4b7dde02b23","name":"Sofie"}','{"actor":"import","cause":"set-team-member","command":"import-01a21bdb-9171-7067-a94a-124ed6aaa493","request":"import-01a21bdb-9171-7067-a94a-124ed6aaa493"}',X'291763F5A5BA5D5491E712E64E8B3DA8',4,1795763704184851,X'05C4367E023E886BA98B083272D8B9163849901BC7A8ECE8555CCCCB39D15724');
INSERT INTO "events" VALUES('branch','291763f5-a5ba-5d54-91e7-12e64e8b3da8/291763f5-a5ba-5d54-91e7-12e64e8b3da8',5,'branch.team-member-added.v1','1','{"type":"branch.team-member-added.v1","team_member_id":"c2c7ead4-4a9c-5385-aafa-e9ef60fedaad","name":"Marco"}','{"actor":"import","cause":"set-team-member","command":"import-01a21bdb-9171-7067-a94a-124ed6aaa493","request":"import-01a21bdb-9171-7067-a94a-124ed6aaa493"}',X'291763F5A5BA5D5491E712E64E8B3DA8',5,1795763704185889,X'81FFF3B4866803B105998BF254313DAF9B155C47CFDC732D33063323A0F0EC28');
INSERT INTO "events" VALUES('link','291763f5-a5ba-5d54-91e7-12e64e8b3da8/8b5c5393-9d70-532c-a547-d3750bf2346b',1,'link.created.v1','1','{"type":"link.created.v1","kind":"group","settings":{"name":"Riverside Studio","active":true,"services":"all","team":"all","lead":0,"horizon":3650,"multiple_events":{"up-to":10},"email":"optional","comment":"optional","consent":null},"consent_version":0}','{"actor":"import","cause":"create-link","command":"import-01a21bdb-9171-7067-a94a-124ed6aaa493","request":"import-01a21bdb-9171-7067-a94a-124ed6aaa493"}',X'291763F5A5BA5D5491E712E64E8B3DA8',6,1795763704187182,X'EDCF3E30D875D3AB658D404D7A34F14CD163A9BC333D0F5ABADE46C15A161A61');
INSERT INTO "events" VALUES('activity','291763f5-a5ba-5d54-91e7-12e64e8b3da8/1ca1464a-c269-5bf4-a790-caeeeae0aea5',1,'activity.scheduled.v1','1','{"type":"activity.scheduled.v1","plan":{"service_id":"6d1d850e-47de-5f4b-9733-23251268b401","team_member_id":"58b3357b-d89f-5c05-841f-f4b7dde02b23","starts_at":"2027-01-05T17:30:00Z","duration":60,"capacity":12,"open":true}}','{"actor":"import","cause":"schedule-activities","command":"import-01a21bdb-9171-7067-a94a-124ed6aaa493","request":"import-01a21bdb-9171-7067-a94a-124ed6aaa493"}',X'291763F5A5BA5D5491E712E64E8B3DA8',7,1795763704189160,X'F6C6D1990C578AB1A907B43176EC5A4D0ED6B220587D9D7B73047BDC0C45CDC9');
INSERT INTO "events" VALUES('activity','291763f5-a5ba-5d54-91e7-12e64e8b3da8/c58d4f4b-027d-5c23-959e-dfa14b36e4e9',1,'activity.scheduled.v1','1','{"type":"activity.scheduled.v1","plan":{"service_id":"6d1d850e-47de-5f4b-9733-23251268b401","team_member_id":"58b3357b-d89f-5c05-841f-f4b7dde02b23","starts_at":"2027-01-12T17:30:00Z","duration":60,"capacity":12,"open":true}}','{"actor":"import","cause":"schedule-activities","command":"import-01a21bdb-9171-7067-a94a-124ed6aaa493","request":"import-01a21bdb-9171-7067-a94a-124ed6aaa493"}',X'291763F5A5BA5D5491E712E64E8B3DA8',8,1795763704189160,X'FAA869F95C4569E4783DD3EA6EF588F63AFC9DE948B19D3BE9E3C3D4FF78EF8A');
INSERT INTO "events" VALUES('activity','291763f5-a5ba-5d54-91e7-12e64e8b3da8/b75323df-c8f4-5bb1-9476-d89dd267144d',1,'activity.scheduled.v1','1','{"type":"activity.scheduled.v1","plan":{"service_id":"6d1d850e-47de-5f4b-9733-23251268b401","team_member_id":"58b3357b-d89f-5c05-841f-f4b7dde02b23","starts_at":"2027-01-07T17:30:00Z","duration":60,"capacity":12,"open":true}}','{"actor":"import","cause":"schedule-activities","command":"import-01a21bdb-9171-7067-a94a-124ed6aaa493","request":"import-01a21bdb-9171-7067-a94a-124ed6aaa493"}',X'291763F5A5BA5D5491E712E64E8B3DA8',9,1795763704189160,X'75D3DDCCD83187250A252D7E6DCAA5426F821080120AB33D07C678CB183A33C9');
INSERT INTO "events" VALUES('activity','291763f5-a5ba-5d54-91e7-12e64e8b3da8/496964a6-2ccc-51a9-98d2-3d0e31c4b708',1,'activity.scheduled.v1','1','{"type":"activity.scheduled.v1","plan":{"service_id":"6d1d850e-47de-5f4b-9733-23251268b401","team_member_id":"58b3357b-d89f-5c05-841f-f4b7dde02b23","starts_at":"2027-01-14T17:30:00Z","duration":60,"capacity":12,"open":true}}','{"actor":"import","cause":"schedule-activities","command":"import-01a21bdb-9171-7067-a94a-124ed6aaa493","request":"import-01a21bdb-9171-7067-a94a-124ed6aaa493"}',X'291763F5A5BA5D5491E712E64E8B3DA8',10,1795763704189160,X'FDF81B375747D180E8D219159E96A624C33E0ED2CC8A2539DC05C5FB4B01E7DD');
INSERT INTO "events" VALUES('activity','291763f5-a5ba-5d54-91e7-12e64e8b3da8/4e167a07-bb81-542e-bd1b-ed77a54e1c69',1,'activity.scheduled.v1','1','{"type":"activity.scheduled.v1","plan":{"service_id":"52b80399-f9fd-5b43-acaf-521d1db76d49","team_member_id":"c2c7ead4-4a9c-5385-aafa-e9ef60fedaad","starts_at":"2027-01-06T18:45:00Z","duration":45,"capacity":12,"open":true}}','{"actor":"import","cause":"schedule-activities","command":"import-01a21bdb-9171-7067-a94a-124ed6aaa493","request":"import-01a21bdb-9171-7067-a94a-124ed6aaa493"}',X'291763F5A5BA5D5491E712E64E8B3DA8',11,1795763704189160,X'7D99C560939948E20D17CD8E9D50F7D28EE2F5047F9A3D8A01DCF287FC0D32D9');
INSERT INTO "events" VALUES('activity','291763f5-a5ba-5d54-91e7-12e64e8b3da8/f5dea9c7-866f-5711-83e5-a280a7fe7fc8',1,'activity.scheduled.v1','1','{"type":"activity.scheduled.v1","plan":{"service_id":"52b80399-f9fd-5b43-acaf-521d1db76d49","team_member_id":"c2c7ead4-4a9c-5385-aafa-e9ef60fedaad","starts_at":"2027-01-13T18:45:00Z","duration":45,"capacity":12,"open":true}}','{"actor":"import","cause":"schedule-activities","command":"import-01a21bdb-9171-7067-a94a-124ed6aaa493","request":"import-01a21bdb-9171-7067-a94a-124ed6aaa493"}',X'291763F5A5BA5D5491E712E64E8B3DA8',12,1795763704189160,X'A0410F46F13231E624178B2CED7CCA25F76D79B9B3DA3F1863682D6999CAE02B');
INSERT INTO "events" VALUES('cart','291763f5-a5ba-5d54-91e7-12e64e8b3da8/01a21bdb-9b3d-7769-a77e-4be8d6361e3e',1,'cart.opened.v1','1','{"type":"cart.opened.v1","link_id":"8b5c5393-9d70-532c-a547-d3750bf2346b","opened_at":"2026-11-27T07:15:06.685280Z"}','{"actor":"client","cause":"open-cart","command":"30e7ad76-5a85-4a6c-b28c-48a8d236d80c","request":"30e7ad76-5a85-4a6c-b28c-48a8d236d80c"}',X'291763F5A5BA5D5491E712E64E8B3DA8',13,1795763706691249,X'1CDB19332C3DCD1396632424F742C22D6A68D4BA270291B6B295904DCB2EB3EF');
INSERT INTO "events" VALUES('cart','291763f5-a5ba-5d54-91e7-12e64e8b3da8/01a21bdb-9b3d-7769-a77e-4be8d6361e3e',2,'cart.selection-made.v1','1','{"type":"cart.selection-made.v1","lines":[{"activity_id":"1ca1464a-c269-5bf4-a790-caeeeae0aea5","spots":1}],"shown":{"max_events":10,"prepayment":false,"starts":{"1ca1464a-c269-5bf4-a790-caeeeae0aea5":"2027-01-05T17:30:00Z"}}}','{"actor":"client","cause":"open-cart","command":"30e7ad76-5a85-4a6c-b28c-48a8d236d80c","request":"30e7ad76-5a85-4a6c-b28c-48a8d236d80c"}',X'291763F5A5BA5D5491E712E64E8B3DA8',14,1795763706691249,X'31439F9B69A1B6184CC432CA93CB68003602D2C210A6FBEB6CB04625F6E5D037');
INSERT INTO "events" VALUES('cart','291763f5-a5ba-5d54-91e7-12e64e8b3da8/01a21bdb-9b3d-7769-a77e-4be8d6361e3e',3,'cart.confirmed.v1','1','{"type":"cart.confirmed.v1","client_id":"97460921-44c2-4ba3-9e7d-93362f7df1ee","lines":[{"activity_id":"1ca1464a-c269-5bf4-a790-caeeeae0aea5","appointment_id":"01a21bdb-9b3d-835f-88c1-0c212e7a1a7e","spots":1}],"mode":"all_or_nothing","with_membership":false,"confirmed_at":"2026-11-27T07:15:08.311912Z"}','{"actor":"client","cause":"confirm-multi-booking","command":"released-1","request":"37c98ccc-83c9-4222-867d-f7d1891c38c2"}',X'291763F5A5BA5D5491E712E64E8B3DA8',15,1795763708313899,X'CFF6D7D7EA0B6889784861CCC88921684FBDEAB86D94E8E8F8FACE6865FF471A');
INSERT INTO "events" VALUES('activity','291763f5-a5ba-5d54-91e7-12e64e8b3da8/1ca1464a-c269-5bf4-a790-caeeeae0aea5',2,'activity.spots-taken.v1','1','{"type":"activity.spots-taken.v1","appointment_id":"01a21bdb-9b3d-835f-88c1-0c212e7a1a7e","client_id":"97460921-44c2-4ba3-9e7d-93362f7df1ee","spots":1}','{"actor":"client","cause":"confirm-multi-booking","command":"released-1","request":"37c98ccc-83c9-4222-867d-f7d1891c38c2"}',X'291763F5A5BA5D5491E712E64E8B3DA8',16,1795763708313899,X'337924E638BF610593F0B696630B6A566E7054969C05FC02EFD0BE26F4E9669F');
INSERT INTO "events" VALUES('appointment','291763f5-a5ba-5d54-91e7-12e64e8b3da8/01a21bdb-9b3d-835f-88c1-0c212e7a1a7e',1,'appointment.booked.v1','1','{"type":"appointment.booked.v1","cart_id":"01a21bdb-9b3d-7769-a77e-4be8d6361e3e","link_id":"8b5c5393-9d70-532c-a547-d3750bf2346b","client_id":"97460921-44c2-4ba3-9e7d-93362f7df1ee","place":{"activity_id":"1ca1464a-c269-5bf4-a790-caeeeae0aea5","service_id":"6d1d850e-47de-5f4b-9733-23251268b401","team_member_id":"58b3357b-d89f-5c05-841f-f4b7dde02b23","starts_at":"2027-01-05T17:30:00Z","duration":60},"spots":1}','{"actor":"client","cause":"confirm-multi-booking","command":"released-1","request":"37c98ccc-83c9-4222-867d-f7d1891c38c2"}',X'291763F5A5BA5D5491E712E64E8B3DA8',17,1795763708313899,X'A4468AA2508D6858C2D8DCB943E27438EFF8957E1F42255C15EDB9A30434ADF1');
CREATE TABLE feeds (
    branch_id  blob    NOT NULL,
    subject    text    NOT NULL, -- client, team-member
    subject_id blob    NOT NULL,
    hash       blob    NOT NULL,
    sealed     blob    NOT NULL,
    made_at    integer NOT NULL,
    PRIMARY KEY (branch_id, subject, subject_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE ledgers (
    branch_id    blob    NOT NULL PRIMARY KEY,
    head         integer NOT NULL,
    head_hash    blob    NOT NULL,
    recorded_at  integer NOT NULL,
    fence        integer NOT NULL,
    rows_version integer NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "ledgers" VALUES(X'291763F5A5BA5D5491E712E64E8B3DA8',17,X'A4468AA2508D6858C2D8DCB943E27438EFF8957E1F42255C15EDB9A30434ADF1',1795763708313899,0,3);
CREATE TABLE links (
    branch_id blob    NOT NULL,
    link_id   blob    NOT NULL,
    document  text    NOT NULL,
    version   integer NOT NULL,
    PRIMARY KEY (branch_id, link_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "links" VALUES(X'291763F5A5BA5D5491E712E64E8B3DA8',X'8B5C53939D70532CA547D3750BF2346B','{"link_id":"8b5c5393-9d70-532c-a547-d3750bf2346b","link":{"kind":"group","settings":{"name":"Riverside Studio","active":true,"services":"all","team":"all","lead":0,"horizon":3650,"multiple_events":{"up-to":10},"email":"optional","comment":"optional","consent":null},"consent_version":0},"changed_at":"2026-11-27T07:15:04.187182Z","version":1}',1);
CREATE TABLE sessions (
    branch_id    blob    NOT NULL,
    hash         blob    NOT NULL,
    client_id    blob    NOT NULL,
    language     text,
    signed_in_at integer NOT NULL,
    expires_at   integer NOT NULL,
    PRIMARY KEY (branch_id, hash)
) STRICT, WITHOUT ROWID;
ANALYZE "sqlite_master";
INSERT INTO "sqlite_stat1" VALUES('availability','availability_by_start','6 6 1 1');
INSERT INTO "sqlite_stat1" VALUES('availability','availability','6 6 1');
INSERT INTO "sqlite_stat1" VALUES('links','links','1 1 1');
INSERT INTO "sqlite_stat1" VALUES('ledgers','ledgers','1 1');
INSERT INTO "sqlite_stat1" VALUES('branches','branches','1 1');
INSERT INTO "sqlite_stat1" VALUES('_sqlx_migrations','sqlite_autoindex__sqlx_migrations_1','6 1');
INSERT INTO "sqlite_stat1" VALUES('events','sqlite_autoindex_events_2','12 12 1');
INSERT INTO "sqlite_stat1" VALUES('events','sqlite_autoindex_events_1','12 4 2 1');
INSERT INTO "sqlite_stat1" VALUES('store','store','1 1');
INSERT INTO "sqlite_stat1" VALUES('appointments','appointments_by_client','1 1 1 1 1');
INSERT INTO "sqlite_stat1" VALUES('appointments','appointments_by_start','1 1 1 1');
INSERT INTO "sqlite_stat1" VALUES('appointments','appointments','1 1 1');
INSERT INTO "sqlite_stat1" VALUES('carts','carts','1 1 1');
INSERT INTO "sqlite_stat1" VALUES('commands','commands','1 1 1 1');
INSERT INTO "sqlite_stat1" VALUES('capabilities','capabilities','3 3 1');
INSERT INTO "sqlite_stat1" VALUES('clients','sqlite_autoindex_clients_2','1 1 1');
INSERT INTO "sqlite_stat1" VALUES('clients','clients','1 1 1');
INSERT INTO "sqlite_stat1" VALUES('contacts','contacts','1 1 1');
CREATE TABLE store (
    name  text NOT NULL PRIMARY KEY,
    value blob NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "store" VALUES('master-key-check',X'09FCE03F503D1091F103F7034EC9D46D54F12F222508D0FF8FEA941B8912F635');
CREATE TABLE uploads (
    branch_id   blob    NOT NULL,
    upload_id   blob    NOT NULL,
    file        blob    NOT NULL,
    capacity    integer NOT NULL,
    first_week  integer NOT NULL, -- days since the beginning of the calendar
    weeks       integer NOT NULL,
    uploaded_at integer NOT NULL,
    state       text    NOT NULL, -- preview, running, stopped, done
    changed_at  integer NOT NULL,
    events      integer NOT NULL, -- to be added, once it began
    PRIMARY KEY (branch_id, upload_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX availability_by_start ON availability (branch_id, starts_at, activity_id);
CREATE INDEX appointments_by_start ON appointments (branch_id, starts_at, appointment_id);
CREATE INDEX codes_by_age ON codes (branch_id, issued_at);
CREATE INDEX sessions_by_end ON sessions (branch_id, expires_at);
CREATE INDEX sessions_by_client ON sessions (branch_id, client_id);
CREATE INDEX appointments_by_client ON appointments (branch_id, client_id, starts_at, appointment_id);
CREATE UNIQUE INDEX feeds_by_hash ON feeds (branch_id, hash);
COMMIT;
