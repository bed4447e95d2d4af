/* bench/server: `panji serve` as its own process, as people run it. */
#ifndef PANJI_BENCH_SERVER_H
#define PANJI_BENCH_SERVER_H

#include <sys/types.h>

struct server {
    pid_t pid;
    int port;
};

/* Starts PANJI (the path of the program, from the environment) on a free port and waits until it says that it
 * listens. */
struct server server_start(const char *folder);
/* Ends it with SIGTERM and waits. */
void server_stop(struct server *server);
/* Seconds of processor it has used. */
double server_processor(const struct server *server);
/* Resident memory in MB. */
double server_memory(const struct server *server);

#endif
