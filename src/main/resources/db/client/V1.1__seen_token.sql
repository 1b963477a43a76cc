-- Tokens that were taken, by the hash of client and jti, until they are worthless. The same file for H2 and PostgreSQL.

create table seen_token (
    id    varchar(64)              not null primary key,
    until timestamp with time zone not null
);
create index seen_token_until on seen_token (until);
