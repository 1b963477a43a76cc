-- Append-only: rows are added, read, and deleted by age; never changed. The same file for H2 and PostgreSQL.

create table decision (
    id                varchar(36)              not null primary key,
    hook_instance     varchar(256)             not null,
    client            varchar(100)             not null,
    service           varchar(100)             not null,
    hook              varchar(40)              not null,
    request_id        varchar(64)              not null,
    at                timestamp with time zone not null,
    status            integer                  not null,
    silent            boolean                  not null,
    patient           varchar(64)              not null,
    clinician         varchar(64)              not null,
    knowledge_version varchar(100),
    knowledge_hash    varchar(64),
    facts             text,
    advice            text,
    prefetch          text                     not null,
    timings           text                     not null
);
create index decision_at on decision (at);
create index decision_hook_instance on decision (hook_instance);

-- A retried call gives the same card again: a uuid may stand under several decisions.
create table card (
    decision  varchar(36) not null references decision (id) on delete cascade,
    place     integer     not null,
    uuid      varchar(64) not null,
    rule      varchar(20) not null,
    advice    varchar(40) not null,
    indicator varchar(20) not null,
    json      text        not null,
    primary key (decision, place)
);
create index card_uuid on card (uuid);

-- known: the card stood in the journal when the event came.
create table feedback (
    id            varchar(64)              not null primary key,
    client        varchar(100)             not null,
    service       varchar(100)             not null,
    card          varchar(256)             not null,
    known         boolean                  not null,
    outcome       varchar(20)              not null,
    suggestions   text                     not null,
    reason_code   varchar(512),
    reason_system varchar(512),
    comment       varchar(2000),
    at            timestamp with time zone not null,
    received      timestamp with time zone not null
);
create index feedback_card on feedback (card);
create index feedback_at on feedback (at);
