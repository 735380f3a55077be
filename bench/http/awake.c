// Keeps wrk awake: it asks for events again and again, instead of sleeping until there are some. Loaded into wrk by run.sh.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <sys/epoll.h>

int epoll_wait(int epoll, struct epoll_event *events, int most, int timeout)
{
    static int (*wait)(int, struct epoll_event *, int, int);

    (void)timeout;
    if (!wait)
    {
        wait = (int (*)(int, struct epoll_event *, int, int))dlsym(RTLD_NEXT, "epoll_wait");
    }

    return wait(epoll, events, most, 0);
}
