/** Data, where it is kept, how it is moved, shared between many and kept whole. */
export const DATA = `
data, information, records, content ~ dataset, database, payload, state
database, db, data store, datastore, where data stored ~ postgres, mysql, sqlite, mongodb, redis, sql server, oracle, mariadb, dynamodb, cassandra
sql, database query, query language, select statement ~ postgres, join, where, orm, injection
nosql, document database, document store ~ mongodb, couchdb, firestore, dynamodb
key value store, redis, memcached, etcd ~ cache, leveldb, rocksdb, ttl
orm, object mapping, object relational ~ prisma, hibernate, sqlalchemy, typeorm, active record, entity framework, drizzle
table, database table, relation ~ column, row, schema, foreign key
record, row, entry, database entry, data set ~ insert, update, primary key
column, field, attribute, property ~ schema, type, nullable
primary key, row id, unique key ~ foreign key, autoincrement, uuid, identifier
foreign key, reference, relation, relationship, refers to, points to ~ join, constraint, cascade, dangling
constraint, rule in database, must be unique, integrity rule ~ unique, foreign key, check, not null, violation
index, database index, lookup faster ~ query plan, btree, full scan, inverted index
slow query, query takes long, slow sql, database slow ~ index, explain, n+1, query plan
n+1, too many queries, many small queries, query in loop ~ eager loading, batch, join, dataloader
join, combine tables, linked tables ~ sql, foreign key, left join
view, materialized view, saved query ~ sql, query
stored procedure, trigger, database function ~ sql, plpgsql
connection pool, too many connections, database connections, pooling ~ pgbouncer, leak, max connections
schema, data structure, data model, shape of data, data layout ~ migration, json schema, table, type, validation
migration, migrate, convert old data, upgrade data, move data over, schema change, bring over ~ rollback, alembic, flyway, backfill, version
backfill, fill in later, fill old records ~ migration, script
old format, legacy format, older data, previous format ~ migration, backward compatible, version
insert, add row, create record, put in ~ upsert, write, bulk insert
update, change, modify, edit, edit record ~ upsert, patch, write, set
upsert, insert or update, create or update ~ conflict, merge, idempotent
delete record, remove row, cascade delete ~ soft delete, orphan, foreign key
orphan, orphaned, belongs to nothing, dangling, no parent ~ foreign key, cleanup, reference
transaction, all or nothing, atomic, atomicity ~ commit, rollback, isolation, acid, two phase
rollback, roll back, undo change, go back to, revert ~ transaction, backup, restore, deploy
consistent, consistency, in agreement, in harmony ~ eventual consistency, transaction, integrity, invariant
integrity, intact, whole, undamaged, not tampered ~ checksum, constraint, verify, corruption
durable, durability, survive restart, survive crash, survive power loss, persistent ~ fsync, wal, disk, persistence
persist, persistence, keep after restart, remember between, survive reload, remember ~ local storage, disk, database, state
forget, not remembered, lost after restart, reset after reload, forgotten, forgot ~ persist, session, local storage, state
write ahead log, wal, journal, append only log ~ sqlite, replay, crash recovery, event sourcing
event sourcing, event log, append only, log of changes ~ replay, fold, cqrs, snapshot, audit
snapshot, state at time, frozen copy, point in time ~ backup, checkpoint, golden, restore
checkpoint, save point, savepoint, resume point ~ snapshot, training, recovery
storage, store, keep, kept, hold data, stored ~ disk, database, s3, bucket, persistence
object storage, bucket, s3, blob storage, cloud storage ~ minio, azure blob, gcs, upload
local storage, browser storage, stored in browser, indexeddb, localstorage ~ cookie, offline, quota, session
backup, back up, safety copy, spare copy ~ restore, snapshot, dump, disaster recovery
restore, bring back, get back, recover data, undelete ~ backup, rollback, archive, trash
dump, export database, database dump ~ backup, pg_dump, restore, sql
import, bring in, load from elsewhere, take over, read in, ingest ~ csv, migrate, parser, bulk, upload
export, take out, save as, get data out, download data, output to file ~ csv, json, pdf, report, dump
round trip, export and import, there and back, nothing lost ~ serialization, lossless, fidelity
interoperate, work together with, exchange data, integration, interoperability ~ import, export, standard, api, plugin
integration, connect with, hook up, tie into, connector ~ slack, jira, github, zapier, webhook, plugin, api
serialize, serialization, marshal, turn into text, write as json ~ json, protobuf, deserialize, encode, pickle
deserialize, unmarshal, decode, read from json ~ parse, json, serialization, schema
protobuf, protocol buffers, binary format, message format ~ grpc, avro, thrift, msgpack, schema
parquet, columnar, data file ~ arrow, avro, pandas, duckdb, spark
sync, synchronize, synchronise, synchronization, keep same, bring in line, keep in step ~ conflict, merge, replication, offline, pull, push
out of sync, differ between machines, not same everywhere, diverge, drift apart ~ sync, drift, stale, conflict
replicate, replication, replica, second copy, mirror ~ failover, leader, sync, read replica, crdt
distributed, many machines, several computers, decentralized, peer to peer ~ cluster, consensus, node, p2p, federation
consensus, leader election, agree on leader, raft, paxos ~ cluster, quorum, split brain
shard, partition, split database, spread over ~ cluster, scale, hash
federation, federated, across repositories, several projects together ~ cross repo, distributed, sync
conflict, clash, collide, two edits, edited both, contradicting changes ~ merge, concurrent edit, resolution, last write wins, crdt
concurrent edit, edit same time, two people editing, simultaneously edit, simultaneous change ~ conflict, optimistic lock, collaboration, crdt, overwrite
last write wins, overwrite each other, later one wins, lost update, newer wins ~ conflict, concurrency, race, timestamp
collaboration, work together, collaborative, shared editing, team work ~ multiplayer, crdt, sharing, real time
concurrency, concurrent, at same time, simultaneous, in parallel, several at once ~ race, thread, lock, async, goroutine
parallel, parallelize, several at once, side by side, many cores, simultaneously ~ worker, thread, concurrency, multiprocess
thread, threading, multithreaded, multi threaded ~ thread safe, mutex, pool, race, concurrency
thread safe, thread safety, multithread safe ~ mutex, atomic, race, lock
lock, mutex, locking, semaphore, exclusive access, one at time ~ deadlock, contention, lock file, critical section
deadlock, mutual wait, blocked forever, mutual waiting ~ lock, mutex, hang
contention, fight over, compete for lock, database is locked ~ lock, sqlite, busy, retry
optimistic lock, version check, compare and swap, etag ~ conflict, concurrent edit, 409
async, asynchronous, in background, nonblocking, without waiting, await ~ promise, future, coroutine, event loop, callback
synchronous, blocking, block, wait for finish ~ async, main thread, freeze
event loop, main thread, ui thread, blocked interface ~ async, freeze, worker
promise, future, await, async await ~ callback, unhandled rejection
worker, background job, job, job queue, background task ~ celery, sidekiq, queue, cron, web worker, thread
web worker, service worker, worker thread ~ offline, cache, postmessage, pwa
cache, caching, remember results, keep copy, memoize, kept in memory ~ invalidate, stale, ttl, redis, cdn, hit rate, lru
cache invalidation, clear cache, cache bust, empty cache, old copy, bust ~ stale, etag, ttl, hard reload
lazy, on demand, only when needed, load later, lazily ~ lazy load, defer, preload, code splitting
eager, preload, prefetch, in advance, ahead of time, load early, beforehand ~ cache, warm up, lazy
buffer, buffering, buffered, hold in memory ~ flush, stream, ring buffer, overflow
batch, group together, bundle requests, in bulk ~ bulk, chunk, transaction, debounce
debounce, throttle, not too often, limit how often, coalesce ~ rate limit, typing, event, autosave
idempotent, run twice, safe to repeat, repeat without harm, idempotency ~ retry, duplicate, upsert
event, something happens, occurrence ~ listener, emit, subscribe, handler, callback
listener, event handler, callback, react to event, observer ~ subscribe, event, leak, hook
publish subscribe, pub sub, message bus, event bus, message broker ~ kafka, rabbitmq, nats, mqtt, subscription
message queue, kafka, rabbitmq, sqs ~ consumer, producer, topic, dead letter, broker
validation, validate, check input, sanity check, verify input ~ schema, zod, json schema, form, reject, constraint
sanitize, clean input, strip dangerous, scrub ~ xss, escape, injection, validation
reject, refuse, decline, turn down, not accept, deny ~ validation, error, invalid
accept, allow, permit, tolerate, let through ~ validation, approve, allowlist
data pipeline, etl, data flow, process data ~ airflow, spark, dbt, kafka, warehouse
data warehouse, analytics database, big data ~ bigquery, snowflake, redshift, clickhouse, spark
data frame, dataframe, pandas, tabular data ~ numpy, polars, column, csv
retention, how long kept, delete old data, keep history, prune old ~ purge, gdpr, log rotation, ttl
cleanup, clean up, tidy, housekeeping, remove old, purge, prune ~ garbage collection, leftover, retention, gc
log rotation, log too big, rotate logs, logs fill disk ~ logrotate, retention, disk
seed data, sample data, test data, demo data, example data, dummy data ~ fixture, faker, seed
geospatial, map data, coordinates, location data ~ postgis, geojson, latitude, map
time series, measurements over time, sensor data ~ influxdb, prometheus, timescale, metrics
`
