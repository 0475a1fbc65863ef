CREATE TABLE public._sqlx_migrations (
    version bigint NOT NULL,
    description text NOT NULL,
    installed_on timestamp with time zone DEFAULT now() NOT NULL,
    success boolean NOT NULL,
    checksum bytea NOT NULL,
    execution_time bigint NOT NULL
);
CREATE TABLE public.appointments (
    branch_id uuid NOT NULL,
    appointment_id uuid NOT NULL,
    status text NOT NULL COLLATE pg_catalog."C",
    cart_id uuid NOT NULL,
    link_id uuid NOT NULL,
    client_id uuid NOT NULL,
    activity_id uuid NOT NULL,
    service_id uuid NOT NULL,
    team_member_id uuid NOT NULL,
    starts_at bigint NOT NULL,
    duration bigint NOT NULL,
    spots bigint NOT NULL,
    membership_id uuid,
    booked_at bigint NOT NULL,
    changed_at bigint NOT NULL,
    cancelled_by text COLLATE pg_catalog."C",
    moved_from bigint,
    team_member_was uuid,
    revision bigint NOT NULL,
    version bigint NOT NULL,
    attendance text,
    booked_by_staff bigint DEFAULT 0 NOT NULL
);
CREATE TABLE public.availability (
    branch_id uuid NOT NULL,
    activity_id uuid NOT NULL,
    service_id uuid NOT NULL,
    team_member_id uuid NOT NULL,
    starts_at bigint NOT NULL,
    duration bigint NOT NULL,
    capacity bigint NOT NULL,
    taken bigint NOT NULL,
    open bigint NOT NULL,
    cancelled bigint NOT NULL,
    version bigint NOT NULL
)
WITH (fillfactor='50');
CREATE TABLE public.branches (
    branch_id uuid NOT NULL,
    document text NOT NULL COLLATE pg_catalog."C",
    version bigint NOT NULL
);
CREATE TABLE public.capabilities (
    branch_id uuid NOT NULL,
    hash bytea NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    id uuid NOT NULL,
    revoked_at bigint
);
CREATE TABLE public.carts (
    branch_id uuid NOT NULL,
    cart_id uuid NOT NULL,
    document text NOT NULL COLLATE pg_catalog."C",
    version bigint NOT NULL
)
WITH (fillfactor='70', toast_tuple_target='8160');
CREATE TABLE public.clients (
    branch_id uuid NOT NULL,
    client_id uuid NOT NULL,
    phone_mac bytea NOT NULL,
    wrapped_key bytea NOT NULL,
    sealed bytea NOT NULL
);
CREATE TABLE public.codes (
    branch_id uuid NOT NULL,
    subject bytea NOT NULL,
    code_mac bytea NOT NULL,
    issued_at bigint NOT NULL,
    tries bigint NOT NULL,
    day bigint NOT NULL,
    issued_that_day bigint NOT NULL,
    version bigint NOT NULL
);
CREATE TABLE public.commands (
    branch_id uuid NOT NULL,
    scope text NOT NULL COLLATE pg_catalog."C",
    key text NOT NULL COLLATE pg_catalog."C",
    fingerprint bytea NOT NULL,
    first bigint NOT NULL,
    last bigint NOT NULL,
    answer bytea NOT NULL
)
WITH (toast_tuple_target='8160');
CREATE TABLE public.contacts (
    branch_id uuid NOT NULL,
    cart_id uuid NOT NULL,
    client_id uuid NOT NULL,
    sealed bytea NOT NULL
);
CREATE TABLE public.events (
    aggregate_type text NOT NULL COLLATE pg_catalog."C",
    aggregate_id text NOT NULL COLLATE pg_catalog."C",
    sequence bigint NOT NULL,
    event_type text NOT NULL COLLATE pg_catalog."C",
    event_version text NOT NULL COLLATE pg_catalog."C",
    payload json NOT NULL,
    metadata json NOT NULL,
    branch_id uuid NOT NULL,
    "position" bigint NOT NULL,
    recorded_at bigint NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT events_position_check CHECK (("position" >= 1)),
    CONSTRAINT events_sequence_check CHECK ((sequence >= 1))
);
CREATE TABLE public.feeds (
    branch_id uuid NOT NULL,
    subject text NOT NULL COLLATE pg_catalog."C",
    subject_id uuid NOT NULL,
    hash bytea NOT NULL,
    sealed bytea NOT NULL,
    made_at bigint NOT NULL
);
CREATE TABLE public.ledgers (
    branch_id uuid NOT NULL,
    head bigint NOT NULL,
    head_hash bytea NOT NULL,
    recorded_at bigint NOT NULL,
    fence bigint NOT NULL,
    rows_version bigint NOT NULL
)
WITH (fillfactor='50');
CREATE TABLE public.links (
    branch_id uuid NOT NULL,
    link_id uuid NOT NULL,
    document text NOT NULL COLLATE pg_catalog."C",
    version bigint NOT NULL
);
CREATE TABLE public.sessions (
    branch_id uuid NOT NULL,
    hash bytea NOT NULL,
    client_id uuid NOT NULL,
    language text COLLATE pg_catalog."C",
    signed_in_at bigint NOT NULL,
    expires_at bigint NOT NULL
);
CREATE TABLE public.store (
    name text NOT NULL COLLATE pg_catalog."C",
    value bytea NOT NULL
);
CREATE TABLE public.uploads (
    branch_id uuid NOT NULL,
    upload_id uuid NOT NULL,
    file bytea NOT NULL,
    capacity bigint NOT NULL,
    first_week bigint NOT NULL,
    weeks bigint NOT NULL,
    uploaded_at bigint NOT NULL,
    state text NOT NULL COLLATE pg_catalog."C",
    changed_at bigint NOT NULL,
    events bigint NOT NULL
);
INSERT INTO public._sqlx_migrations VALUES (1, 'ledger', '2026-11-27 07:15:24.589761+00', true, '\x51051e893926e88f4c7414e8b75b16e1e3781ee712d718ac0ae3800c8a63bb821e4cae936daef38e1b8b70a3ea3f5648', 97555331);
INSERT INTO public._sqlx_migrations VALUES (2, 'account', '2026-11-27 07:15:24.692012+00', true, '\x0cb314c3a93db6e8b7cae1cbd33c8905f8320aac5eaf4921716dabb8a77d3b2dea27789e37322c320a7991979960432e', 36537717);
INSERT INTO public._sqlx_migrations VALUES (3, 'feeds', '2026-11-27 07:15:24.732478+00', true, '\x38cf1b4a65da44925a52e0f3ddb0cab4d19f184bec37fa1d987aeacf6078fb4683a754d2357101b333f1b5488b61e9ee', 16007006);
INSERT INTO public._sqlx_migrations VALUES (4, 'attendance', '2026-11-27 07:15:24.75245+00', true, '\x563d34ebc7b84fd2a46010701c37c7be0bd720ac9b79e2cf5fc016e8307ac9fca16585ac4963b53ed37a9e0ec2d49000', 1070521);
INSERT INTO public._sqlx_migrations VALUES (5, 'uploads', '2026-11-27 07:15:24.754071+00', true, '\x0bfe57e94ab2b261d074ee5d493862e28733214f25acc1b1de9d1f60d21e59a4fcf52d6852a11786f42bed2e9f4e383f', 10364485);
INSERT INTO public._sqlx_migrations VALUES (6, 'booked by staff', '2026-11-27 07:15:24.768432+00', true, '\xb307d8a802bcfb8a7cda410ee76b324ae30ca281fc68100279ac60376f902c9867682538a622b21be0334c34457e5b19', 5178682);
INSERT INTO public.appointments VALUES ('291763f5-a5ba-5d54-91e7-12e64e8b3da8', '01a21bdb-ebdc-8b83-808e-ceea6cdefaa4', 'booked', '01a21bdb-ebdc-704f-b4ee-c40abb50ea15', '8b5c5393-9d70-532c-a547-d3750bf2346b', '99d79840-1604-40e9-b02b-ad04c280f9de', '1ca1464a-c269-5bf4-a790-caeeeae0aea5', '6d1d850e-47de-5f4b-9733-23251268b401', '58b3357b-d89f-5c05-841f-f4b7dde02b23', 1799170200000000, 60, 1, NULL, 1795763729163638, 1795763729163638, NULL, NULL, NULL, 0, 1, NULL, 0);
INSERT INTO public.availability VALUES ('291763f5-a5ba-5d54-91e7-12e64e8b3da8', 'c58d4f4b-027d-5c23-959e-dfa14b36e4e9', '6d1d850e-47de-5f4b-9733-23251268b401', '58b3357b-d89f-5c05-841f-f4b7dde02b23', 1799775000000000, 60, 12, 0, 1, 0, 1);
INSERT INTO public.availability VALUES ('291763f5-a5ba-5d54-91e7-12e64e8b3da8', 'b75323df-c8f4-5bb1-9476-d89dd267144d', '6d1d850e-47de-5f4b-9733-23251268b401', '58b3357b-d89f-5c05-841f-f4b7dde02b23', 1799343000000000, 60, 12, 0, 1, 0, 1);
INSERT INTO public.availability VALUES ('291763f5-a5ba-5d54-91e7-12e64e8b3da8', '4e167a07-bb81-542e-bd1b-ed77a54e1c69', '52b80399-f9fd-5b43-acaf-521d1db76d49', 'c2c7ead4-4a9c-5385-aafa-e9ef60fedaad', 1799261100000000, 45, 12, 0, 1, 0, 1);
INSERT INTO public.availability VALUES ('291763f5-a5ba-5d54-91e7-12e64e8b3da8', '496964a6-2ccc-51a9-98d2-3d0e31c4b708', '6d1d850e-47de-5f4b-9733-23251268b401', '58b3357b-d89f-5c05-841f-f4b7dde02b23', 1799947800000000, 60, 12, 0, 1, 0, 1);
INSERT INTO public.availability VALUES ('291763f5-a5ba-5d54-91e7-12e64e8b3da8', 'f5dea9c7-866f-5711-83e5-a280a7fe7fc8', '52b80399-f9fd-5b43-acaf-521d1db76d49', 'c2c7ead4-4a9c-5385-aafa-e9ef60fedaad', 1799865900000000, 45, 12, 0, 1, 0, 1);
INSERT INTO public.availability VALUES ('291763f5-a5ba-5d54-91e7-12e64e8b3da8', '1ca1464a-c269-5bf4-a790-caeeeae0aea5', '6d1d850e-47de-5f4b-9733-23251268b401', '58b3357b-d89f-5c05-841f-f4b7dde02b23', 1799170200000000, 60, 12, 1, 1, 0, 2);
INSERT INTO public.branches VALUES ('291763f5-a5ba-5d54-91e7-12e64e8b3da8', '{"branch_id":"291763f5-a5ba-5d54-91e7-12e64e8b3da8","branch":{"details":{"name":"Riverside Studio","time_zone":"Europe/Berlin","country":"DE","address":null,"phone":null},"rules":{"prepayment":false,"multiple_spots":"off","cancellation":{"allowed":false,"notice":0},"rescheduling":{"allowed":false,"notice":0},"duplicates":"refuse"},"services":{"52b80399-f9fd-5b43-acaf-521d1db76d49":{"name":"Boxing","duration":45,"price":null,"prepayment_required":false,"membership_booking":"off"},"6d1d850e-47de-5f4b-9733-23251268b401":{"name":"Yoga","duration":60,"price":null,"prepayment_required":false,"membership_booking":"off"}},"team":{"58b3357b-d89f-5c05-841f-f4b7dde02b23":"Sofie","c2c7ead4-4a9c-5385-aafa-e9ef60fedaad":"Marco"}},"changed_at":"2026-11-27T07:15:24.889070Z","version":5}', 5);
INSERT INTO public.capabilities VALUES ('291763f5-a5ba-5d54-91e7-12e64e8b3da8', '\xc8f59c7c585bc059b586733cbdf01dc7b656b2913764d495999d6dfbced14a1c', 'cart', '01a21bdb-ebdc-704f-b4ee-c40abb50ea15', NULL);
INSERT INTO public.capabilities VALUES ('291763f5-a5ba-5d54-91e7-12e64e8b3da8', '\xea4f95209ae21017ac7d230a9fa3d1cef31045bc7df1f270e14d14b4a2b0d686', 'result', '01a21bdb-ebdc-704f-b4ee-c40abb50ea15', NULL);
INSERT INTO public.capabilities VALUES ('291763f5-a5ba-5d54-91e7-12e64e8b3da8', '\x2bce7885461829f2dfae67dc57c5ce8f8a0c8cadd8cf274024c718b6f6769121', 'appointment', '01a21bdb-ebdc-8b83-808e-ceea6cdefaa4', NULL);
INSERT INTO public.carts VALUES ('291763f5-a5ba-5d54-91e7-12e64e8b3da8', '01a21bdb-ebdc-704f-b4ee-c40abb50ea15', '{"cart_id":"01a21bdb-ebdc-704f-b4ee-c40abb50ea15","link_id":"8b5c5393-9d70-532c-a547-d3750bf2346b","opened_at":"2026-11-27T07:15:27.324835Z","selected":[{"activity_id":"1ca1464a-c269-5bf4-a790-caeeeae0aea5","spots":1}],"shown":{"max_events":10,"prepayment":false,"starts":{"1ca1464a-c269-5bf4-a790-caeeeae0aea5":"2027-01-05T17:30:00Z"}},"confirmed":{"client_id":"99d79840-1604-40e9-b02b-ad04c280f9de","confirmed_at":"2026-11-27T07:15:29.162050Z","lines":[{"activity_id":"1ca1464a-c269-5bf4-a790-caeeeae0aea5","appointment_id":"01a21bdb-ebdc-8b83-808e-ceea6cdefaa4","spots":1}],"refused":[]},"version":3}', 3);
INSERT INTO public.clients VALUES ('291763f5-a5ba-5d54-91e7-12e64e8b3da8', '99d79840-1604-40e9-b02b-ad04c280f9de', '\x65cc42d9b70e74d3a14dbcdf8cde5b3e838c7d297fba75b4439d55e3623693e0', '\x01ff5d36a96e66bec69cacfa52be26a90a3a4e0f030ed145b792d4a59ab4686a35cc1e1dbd27c771c16ea87f3f02f3827971a01e0c04309655d68f059d15b67408ff92aa124a801afe', '\x014ea8cbf8cc6b71b057f3c2cf2c6ad63c45780b7b766cec04888575962ffe7200642f123034febf00a3d7186a997512b03c7000d00fefee1ff847269a1aa26392df4f3749091dd3285517348d86a72c2289698528db899a27b22fa4e3241635c4652dee84e1daeacdcb08b57bb5153214');
INSERT INTO public.commands VALUES ('291763f5-a5ba-5d54-91e7-12e64e8b3da8', '01a21bdb-ebdc-704f-b4ee-c40abb50ea15', 'released-1', '\x484535334cfac9ef3db13510a8e769aa9d2be5c8fefa2950a042e9d6e1504b58', 15, 17, '\x019f827b37e6bf91d5387991fc048cd4ba73a4db7549587a04a3d431c85e67af25af5d4decd411f42bcef31a9326559034ea87f765c54bac11fa41dc77d3f748e323f7fe5e0691125c093a467c908d87967e000aa4d5bdda0c129739a8668cfc325a1414d5f392f52a32c2ef24f6863081f2d75d2f337d57699340a550fd7c363e8c225e995c263fedc7297b9d568b7f2c77d23cbefbe48a76d9e43ef2e2a368d19713bae3452711e6b1414ed0dc8079f24295c528859352236bc10905c54115305214a871de4413b70250cc969b12eb6f277473687ddbec0d60a30794439637e72541ab608d97461880d1a5fd40d40b51ccefa0a526eec3c75ea3e477297015382d6b484cd258028bf4ec59979cb3731e72d2b565658db3df1fa8ad62bd6e876f445f15fc04a7177cb32e28e652409cf291692cfbe3ebfd4f32a8a305c24b495eae61fae3022d11528864a4781b74c5fa76cdc8d8b9109feace8730d5b432c50e3166384353a455abbc565757377f2356b7c4408b34d3fadcbe411e8990bfe0e4');
INSERT INTO public.contacts VALUES ('291763f5-a5ba-5d54-91e7-12e64e8b3da8', '01a21bdb-ebdc-704f-b4ee-c40abb50ea15', '99d79840-1604-40e9-b02b-ad04c280f9de', '\x01a420f0b855c2318b17ccbd9cb8f89e0f15d862f10d5685d35d7b8f9fde1e760c373872e3054f7b5754899f34c6477eef00942cd5d0ec3f94eb85dd15d370b2761b281d43ba7e5b019155c4a66df88698b7004ecf923c292735971a47b741038b0cac3768b07ba9553e83b468d854e425607892c9b227eacf298eda0fdc6da4bdf742ff625a61d89625e7858669c3b769caa906303dfd56ceeb37aa3594cc3234e2a198a6db043598036f88e44bbe1b3bc9deb2e930d1e01cab8c65eb0ea4cae45bcb7c6b3cb7e7e40365e809f2a1818ca52095b6a2630f95ea2879a12d764c429061592afe09efe13423f1cb8e27222e370af7fc09b828df1d210b1f79d853760851f815e3b8a10b1c9910dfc8931be998d6904b7bb22265f47b08bfd0b1115b9c5ffd6b0aebd0d73182a063d65b9fff535922a9e3660aadfec49ae52d665b3cc496b535148ef4884ba03fd0de4dbee29e7163deb970352f2e8b384be2d265a9c3986af1aeeb70e9da411f60389e904b2fbefdea9245a5fae01bab1c5e987eee6a1729707e56d39a33b587eb5fe3891f27ad068a0dff6c9057fc6998a76a665a8d444c6be0972b8a1df67076bb6c0b206bdf9cabd2418bd40ff6cebcfac538a4df7a9eca0f91394169003d282c6656fd781ede8d3c548341ace5e9eada8fbc850ec7c7a8028bf87ce0de2bd6394b239dbafd205bbf6f4496bd29f1547da7613fb499cad7db446c20990ba1b30c1c05b8751c6b17ecd6e1f0de53dfe6cfb7f933e44dc37922c4d8e4acce4178c8a5870d3cb63e4006624f6983843b17cdc8e4fae838acb62917d7bc57a3025ee235d8b70e1db898fb4f4f75b1c878ee18e30487d86563233c2b418106e8f493e31ac3282479e461d4440c747d78606bfccac0e84ba5c19fa546e6188c2a');
INSERT INTO public.events VALUES ('branch', '291763f5-a5ba-5d54-91e7-12e64e8b3da8/291763f5-a5ba-5d54-91e7-12e64e8b3da8', 1, 'branch.opened.v1', '1', '{"type":"branch.opened.v1","details":{"name":"Riverside Studio","time_zone":"Europe/Berlin","country":"DE","address":null,"phone":null}}', '{"actor":"import","cause":"open-branch","command":"import-01a21bdb-e217-76be-b92f-61b34a45a9bf","request":"import-01a21bdb-e217-76be-b92f-61b34a45a9bf"}', '291763f5-a5ba-5d54-91e7-12e64e8b3da8', 1, 1795763724847294, '\x8a8abda158fcf1283aa82738ebaff2bee2424fa0572d839ef6ce2095407fc49c');
INSERT INTO public.events VALUES ('branch', '291763f5-a5ba-5d54-91e7-12e64e8b3da8/291763f5-a5ba-5d54-91e7-12e64e8b3da8', 2, 'branch.service-added.v1', '1', '{"type":"branch.service-added.v1","service_id":"52b80399-f9fd-5b43-acaf-521d1db76d49","service":{"name":"Boxing","duration":45,"price":null,"prepayment_required":false,"membership_booking":"off"}}', '{"actor":"import","cause":"set-service","command":"import-01a21bdb-e217-76be-b92f-61b34a45a9bf","request":"import-01a21bdb-e217-76be-b92f-61b34a45a9bf"}', '291763f5-a5ba-5d54-91e7-12e64e8b3da8', 2, 1795763724852607, '\x66c9ab40c34505d05a9e681455b70bc1158e7aeb63d4dc6f8fe9748d9e281354');
INSERT INTO public.events VALUES ('branch', '291763f5-a5ba-5d54-91e7-12e64e8b3da8/291763f5-a5ba-5d54-91e7-12e64e8b3da8', 3, 'branch.service-added.v1', '1', '{"type":"branch.service-added.v1","service_id":"6d1d850e-47de-5f4b-9733-23251268b401","service":{"name":"Yoga","duration":60,"price":null,"prepayment_required":false,"membership_booking":"off"}}', '{"actor":"import","cause":"set-service","command":"import-01a21bdb-e217-76be-b92f-61b34a45a9bf","request":"import-01a21bdb-e217-76be-b92f-61b34a45a9bf"}', '291763f5-a5ba-5d54-91e7-12e64e8b3da8', 3, 1795763724877621, '\xe0731c94dc124fc6e2da4ca4f87f1640e83d8b45bc22acc3a36220da5722f7a6');
INSERT INTO public.events VALUES ('branch', '291763f5-a5ba-5d54-91e7-12e64e8b3da8/291763f5-a5ba-5d54-91e7-12e64e8b3da8', 4, 'branch.team-member-added.v1', '1', '{"type":"branch.team-member-added.v1","team_member_id":"58b3357b-d89f-5c05-841f-f4b7dde02b23","name":"Sofie"}', '{"actor":"import","cause":"set-team-member","command":"import-01a21bdb-e217-76be-b92f-61b34a45a9bf","request":"import-01a21bdb-e217-76be-b92f-61b34a45a9bf"}', '291763f5-a5ba-5d54-91e7-12e64e8b3da8', 4, 1795763724884564, '\x1d8299f49010116420489807ab03c99200053ce81e16e85257f7e800b8f358a3');
INSERT INTO public.events VALUES ('branch', '291763f5-a5ba-5d54-91e7-12e64e8b3da8/291763f5-a5ba-5d54-91e7-12e64e8b3da8', 5, 'branch.team-member-added.v1', '1', '{"type":"branch.team-member-added.v1","team_member_id":"c2c7ead4-4a9c-5385-aafa-e9ef60fedaad","name":"Marco"}', '{"actor":"import","cause":"set-team-member","command":"import-01a21bdb-e217-76be-b92f-61b34a45a9bf","request":"import-01a21bdb-e217-76be-b92f-61b34a45a9bf"}', '291763f5-a5ba-5d54-91e7-12e64e8b3da8', 5, 1795763724889070, '\x73c9f600a02a28f7540f02b6f6dbb94577aff84eb0eebfe774314770e7ab45d5');
INSERT INTO public.events VALUES ('link', '291763f5-a5ba-5d54-91e7-12e64e8b3da8/8b5c5393-9d70-532c-a547-d3750bf2346b', 1, 'link.created.v1', '1', '{"type":"link.created.v1","kind":"group","settings":{"name":"Riverside Studio","active":true,"services":"all","team":"all","lead":0,"horizon":3650,"multiple_events":{"up-to":10},"email":"optional","comment":"optional","consent":null},"consent_version":0}', '{"actor":"import","cause":"create-link","command":"import-01a21bdb-e217-76be-b92f-61b34a45a9bf","request":"import-01a21bdb-e217-76be-b92f-61b34a45a9bf"}', '291763f5-a5ba-5d54-91e7-12e64e8b3da8', 6, 1795763724895277, '\x4223252f305cb2baa675a6c44b7b64502b4ba70634962e55a25888dcd47893b0');
INSERT INTO public.events VALUES ('activity', '291763f5-a5ba-5d54-91e7-12e64e8b3da8/1ca1464a-c269-5bf4-a790-caeeeae0aea5', 1, 'activity.scheduled.v1', '1', '{"type":"activity.scheduled.v1","plan":{"service_id":"6d1d850e-47de-5f4b-9733-23251268b401","team_member_id":"58b3357b-d89f-5c05-841f-f4b7dde02b23","starts_at":"2027-01-05T17:30:00Z","duration":60,"capacity":12,"open":true}}', '{"actor":"import","cause":"schedule-activities","command":"import-01a21bdb-e217-76be-b92f-61b34a45a9bf","request":"import-01a21bdb-e217-76be-b92f-61b34a45a9bf"}', '291763f5-a5ba-5d54-91e7-12e64e8b3da8', 7, 1795763724902382, '\xe0946d618f58f5508199b3ba28d52661d3b39206933d016791b594c75e00ea7b');
INSERT INTO public.events VALUES ('activity', '291763f5-a5ba-5d54-91e7-12e64e8b3da8/c58d4f4b-027d-5c23-959e-dfa14b36e4e9', 1, 'activity.scheduled.v1', '1', '{"type":"activity.scheduled.v1","plan":{"service_id":"6d1d850e-47de-5f4b-9733-23251268b401","team_member_id":"58b3357b-d89f-5c05-841f-f4b7dde02b23","starts_at":"2027-01-12T17:30:00Z","duration":60,"capacity":12,"open":true}}', '{"actor":"import","cause":"schedule-activities","command":"import-01a21bdb-e217-76be-b92f-61b34a45a9bf","request":"import-01a21bdb-e217-76be-b92f-61b34a45a9bf"}', '291763f5-a5ba-5d54-91e7-12e64e8b3da8', 8, 1795763724902382, '\xb4e721d9e98751773b57eda9382ace9dd6b1d5c5bd6a9f874a9a219df955d6ff');
INSERT INTO public.events VALUES ('activity', '291763f5-a5ba-5d54-91e7-12e64e8b3da8/b75323df-c8f4-5bb1-9476-d89dd267144d', 1, 'activity.scheduled.v1', '1', '{"type":"activity.scheduled.v1","plan":{"service_id":"6d1d850e-47de-5f4b-9733-23251268b401","team_member_id":"58b3357b-d89f-5c05-841f-f4b7dde02b23","starts_at":"2027-01-07T17:30:00Z","duration":60,"capacity":12,"open":true}}', '{"actor":"import","cause":"schedule-activities","command":"import-01a21bdb-e217-76be-b92f-61b34a45a9bf","request":"import-01a21bdb-e217-76be-b92f-61b34a45a9bf"}', '291763f5-a5ba-5d54-91e7-12e64e8b3da8', 9, 1795763724902382, '\x6b900833aecc7dfb348ef7f24336be622639a4f65f5ce575cfe99d7645fecb68');
INSERT INTO public.events VALUES ('activity', '291763f5-a5ba-5d54-91e7-12e64e8b3da8/496964a6-2ccc-51a9-98d2-3d0e31c4b708', 1, 'activity.scheduled.v1', '1', '{"type":"activity.scheduled.v1","plan":{"service_id":"6d1d850e-47de-5f4b-9733-23251268b401","team_member_id":"58b3357b-d89f-5c05-841f-f4b7dde02b23","starts_at":"2027-01-14T17:30:00Z","duration":60,"capacity":12,"open":true}}', '{"actor":"import","cause":"schedule-activities","command":"import-01a21bdb-e217-76be-b92f-61b34a45a9bf","request":"import-01a21bdb-e217-76be-b92f-61b34a45a9bf"}', '291763f5-a5ba-5d54-91e7-12e64e8b3da8', 10, 1795763724902382, '\xf4aa56d4f8a816a3339a4e04fdd770a415203e7f2f232a05b66c5285572d8149');
INSERT INTO public.events VALUES ('activity', '291763f5-a5ba-5d54-91e7-12e64e8b3da8/4e167a07-bb81-542e-bd1b-ed77a54e1c69', 1, 'activity.scheduled.v1', '1', '{"type":"activity.scheduled.v1","plan":{"service_id":"52b80399-f9fd-5b43-acaf-521d1db76d49","team_member_id":"c2c7ead4-4a9c-5385-aafa-e9ef60fedaad","starts_at":"2027-01-06T18:45:00Z","duration":45,"capacity":12,"open":true}}', '{"actor":"import","cause":"schedule-activities","command":"import-01a21bdb-e217-76be-b92f-61b34a45a9bf","request":"import-01a21bdb-e217-76be-b92f-61b34a45a9bf"}', '291763f5-a5ba-5d54-91e7-12e64e8b3da8', 11, 1795763724902382, '\x5b2aa352ab32e20d52a6ac10428ed9a5cfd5b4d84c8cfca2d76eef76adc0f807');
INSERT INTO public.events VALUES ('activity', '291763f5-a5ba-5d54-91e7-12e64e8b3da8/f5dea9c7-866f-5711-83e5-a280a7fe7fc8', 1, 'activity.scheduled.v1', '1', '{"type":"activity.scheduled.v1","plan":{"service_id":"52b80399-f9fd-5b43-acaf-521d1db76d49","team_member_id":"c2c7ead4-4a9c-5385-aafa-e9ef60fedaad","starts_at":"2027-01-13T18:45:00Z","duration":45,"capacity":12,"open":true}}', '{"actor":"import","cause":"schedule-activities","command":"import-01a21bdb-e217-76be-b92f-61b34a45a9bf","request":"import-01a21bdb-e217-76be-b92f-61b34a45a9bf"}', '291763f5-a5ba-5d54-91e7-12e64e8b3da8', 12, 1795763724902382, '\x694e3f4bb13bf93aa982eee25ee07ba1c9f28efd84d22c4efea5921d0fc1099e');
INSERT INTO public.events VALUES ('cart', '291763f5-a5ba-5d54-91e7-12e64e8b3da8/01a21bdb-ebdc-704f-b4ee-c40abb50ea15', 1, 'cart.opened.v1', '1', '{"type":"cart.opened.v1","link_id":"8b5c5393-9d70-532c-a547-d3750bf2346b","opened_at":"2026-11-27T07:15:27.324835Z"}', '{"actor":"client","cause":"open-cart","command":"f772b70c-1f37-4400-bcb9-919821d1b822","request":"f772b70c-1f37-4400-bcb9-919821d1b822"}', '291763f5-a5ba-5d54-91e7-12e64e8b3da8', 13, 1795763727342110, '\xd409b940e4b05668a6f97e5a2521693f1836aab39591b5e60b4c809e64440483');
INSERT INTO public.events VALUES ('cart', '291763f5-a5ba-5d54-91e7-12e64e8b3da8/01a21bdb-ebdc-704f-b4ee-c40abb50ea15', 2, 'cart.selection-made.v1', '1', '{"type":"cart.selection-made.v1","lines":[{"activity_id":"1ca1464a-c269-5bf4-a790-caeeeae0aea5","spots":1}],"shown":{"max_events":10,"prepayment":false,"starts":{"1ca1464a-c269-5bf4-a790-caeeeae0aea5":"2027-01-05T17:30:00Z"}}}', '{"actor":"client","cause":"open-cart","command":"f772b70c-1f37-4400-bcb9-919821d1b822","request":"f772b70c-1f37-4400-bcb9-919821d1b822"}', '291763f5-a5ba-5d54-91e7-12e64e8b3da8', 14, 1795763727342110, '\x42d97f2da63475ecfd3b6a3278baaa2d96d0f351d3bbff54e4eea4a681794d25');
INSERT INTO public.events VALUES ('cart', '291763f5-a5ba-5d54-91e7-12e64e8b3da8/01a21bdb-ebdc-704f-b4ee-c40abb50ea15', 3, 'cart.confirmed.v1', '1', '{"type":"cart.confirmed.v1","client_id":"99d79840-1604-40e9-b02b-ad04c280f9de","lines":[{"activity_id":"1ca1464a-c269-5bf4-a790-caeeeae0aea5","appointment_id":"01a21bdb-ebdc-8b83-808e-ceea6cdefaa4","spots":1}],"mode":"all_or_nothing","with_membership":false,"confirmed_at":"2026-11-27T07:15:29.162050Z"}', '{"actor":"client","cause":"confirm-multi-booking","command":"released-1","request":"351bb264-0fd6-4ad8-89ce-5c55a1c9a321"}', '291763f5-a5ba-5d54-91e7-12e64e8b3da8', 15, 1795763729163638, '\x5d56819e4dd30c17a5467bcb3bafdf1b67c2f3398790d0ec5bae4c5ff3d7e945');
INSERT INTO public.events VALUES ('activity', '291763f5-a5ba-5d54-91e7-12e64e8b3da8/1ca1464a-c269-5bf4-a790-caeeeae0aea5', 2, 'activity.spots-taken.v1', '1', '{"type":"activity.spots-taken.v1","appointment_id":"01a21bdb-ebdc-8b83-808e-ceea6cdefaa4","client_id":"99d79840-1604-40e9-b02b-ad04c280f9de","spots":1}', '{"actor":"client","cause":"confirm-multi-booking","command":"released-1","request":"351bb264-0fd6-4ad8-89ce-5c55a1c9a321"}', '291763f5-a5ba-5d54-91e7-12e64e8b3da8', 16, 1795763729163638, '\xbbd2e90819e561ed7ce3301597f5a1226ae69da608d34b6f2920a6268d02f454');
INSERT INTO public.events VALUES ('appointment', '291763f5-a5ba-5d54-91e7-12e64e8b3da8/01a21bdb-ebdc-8b83-808e-ceea6cdefaa4', 1, 'appointment.booked.v1', '1', '{"type":"appointment.booked.v1","cart_id":"01a21bdb-ebdc-704f-b4ee-c40abb50ea15","link_id":"8b5c5393-9d70-532c-a547-d3750bf2346b","client_id":"99d79840-1604-40e9-b02b-ad04c280f9de","place":{"activity_id":"1ca1464a-c269-5bf4-a790-caeeeae0aea5","service_id":"6d1d850e-47de-5f4b-9733-23251268b401","team_member_id":"58b3357b-d89f-5c05-841f-f4b7dde02b23","starts_at":"2027-01-05T17:30:00Z","duration":60},"spots":1}', '{"actor":"client","cause":"confirm-multi-booking","command":"released-1","request":"351bb264-0fd6-4ad8-89ce-5c55a1c9a321"}', '291763f5-a5ba-5d54-91e7-12e64e8b3da8', 17, 1795763729163638, '\x46b7e407ede3c2e20be050e5d6bf20d8b30d0f225c4e8710b9adaee5d6c3d282');
INSERT INTO public.ledgers VALUES ('291763f5-a5ba-5d54-91e7-12e64e8b3da8', 17, '\x46b7e407ede3c2e20be050e5d6bf20d8b30d0f225c4e8710b9adaee5d6c3d282', 1795763729163638, 0, 3);
INSERT INTO public.links VALUES ('291763f5-a5ba-5d54-91e7-12e64e8b3da8', '8b5c5393-9d70-532c-a547-d3750bf2346b', '{"link_id":"8b5c5393-9d70-532c-a547-d3750bf2346b","link":{"kind":"group","settings":{"name":"Riverside Studio","active":true,"services":"all","team":"all","lead":0,"horizon":3650,"multiple_events":{"up-to":10},"email":"optional","comment":"optional","consent":null},"consent_version":0},"changed_at":"2026-11-27T07:15:24.895277Z","version":1}', 1);
INSERT INTO public.store VALUES ('master-key-check', '\x014752ffbb33fd8e1aed712d9dc5b24d38bc42957f1b90581629bee950987ff8');
ALTER TABLE ONLY public._sqlx_migrations
    ADD CONSTRAINT _sqlx_migrations_pkey PRIMARY KEY (version);
ALTER TABLE ONLY public.appointments
    ADD CONSTRAINT appointments_pkey PRIMARY KEY (branch_id, appointment_id);
ALTER TABLE ONLY public.availability
    ADD CONSTRAINT availability_pkey PRIMARY KEY (branch_id, activity_id);
ALTER TABLE ONLY public.branches
    ADD CONSTRAINT branches_pkey PRIMARY KEY (branch_id);
ALTER TABLE ONLY public.capabilities
    ADD CONSTRAINT capabilities_pkey PRIMARY KEY (branch_id, hash);
ALTER TABLE ONLY public.carts
    ADD CONSTRAINT carts_pkey PRIMARY KEY (branch_id, cart_id);
ALTER TABLE ONLY public.clients
    ADD CONSTRAINT clients_branch_id_phone_mac_key UNIQUE (branch_id, phone_mac);
ALTER TABLE ONLY public.clients
    ADD CONSTRAINT clients_pkey PRIMARY KEY (branch_id, client_id);
ALTER TABLE ONLY public.codes
    ADD CONSTRAINT codes_pkey PRIMARY KEY (branch_id, subject);
ALTER TABLE ONLY public.commands
    ADD CONSTRAINT commands_pkey PRIMARY KEY (branch_id, scope, key);
ALTER TABLE ONLY public.contacts
    ADD CONSTRAINT contacts_pkey PRIMARY KEY (branch_id, cart_id);
ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_branch_id_position_key UNIQUE (branch_id, "position");
ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_pkey PRIMARY KEY (aggregate_type, aggregate_id, sequence, branch_id);
ALTER TABLE ONLY public.feeds
    ADD CONSTRAINT feeds_pkey PRIMARY KEY (branch_id, subject, subject_id);
ALTER TABLE ONLY public.ledgers
    ADD CONSTRAINT ledgers_pkey PRIMARY KEY (branch_id);
ALTER TABLE ONLY public.links
    ADD CONSTRAINT links_pkey PRIMARY KEY (branch_id, link_id);
ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (branch_id, hash);
ALTER TABLE ONLY public.store
    ADD CONSTRAINT store_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.uploads
    ADD CONSTRAINT uploads_pkey PRIMARY KEY (branch_id, upload_id);
CREATE INDEX appointments_by_client ON public.appointments USING btree (branch_id, client_id, starts_at, appointment_id);
CREATE INDEX appointments_by_start ON public.appointments USING btree (branch_id, starts_at, appointment_id);
CREATE INDEX availability_by_start ON public.availability USING btree (branch_id, starts_at, activity_id);
CREATE INDEX codes_by_age ON public.codes USING btree (branch_id, issued_at);
CREATE UNIQUE INDEX feeds_by_hash ON public.feeds USING btree (branch_id, hash);
CREATE INDEX sessions_by_client ON public.sessions USING btree (branch_id, client_id);
CREATE INDEX sessions_by_end ON public.sessions USING btree (branch_id, expires_at);
