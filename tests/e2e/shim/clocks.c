/* Clocks and a boot of a test's choosing, for a program that was started with this preloaded.
 *
 * LAUNCHPAD_SHIM names a folder. Its file `offsets` holds two 64-bit integers: the nanoseconds that
 * are added to the wall clock (CLOCK_REALTIME, gettimeofday, time) and those that are added to
 * CLOCK_BOOTTIME. The file is mapped, so what is written into it holds at once, in every process.
 * Its file `boot_id` is read wherever the kernel's own is asked for. CLOCK_MONOTONIC, by which a
 * program sleeps, stays as it is.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define BOOT_ID "/proc/sys/kernel/random/boot_id"
#define SECOND 1000000000LL

static const volatile int64_t unmoved[2];
static const volatile int64_t *offsets = unmoved;
static char boot_id[PATH_MAX];

static int opened(int folder, const char *path, int flags, mode_t mode)
{
    if (*boot_id && path && !strcmp(path, BOOT_ID))
        path = boot_id;
    return (int)syscall(SYS_openat, folder, path, flags, mode);
}

__attribute__((constructor)) static void begin(void)
{
    const char *folder = getenv("LAUNCHPAD_SHIM");
    char path[PATH_MAX];
    void *found;
    int descriptor;

    if (!folder)
        return;
    snprintf(path, sizeof path, "%s/offsets", folder);
    descriptor = opened(AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0);
    if (descriptor < 0)
        return;
    found = mmap(NULL, 2 * sizeof(int64_t), PROT_READ, MAP_SHARED, descriptor, 0);
    close(descriptor);
    if (found == MAP_FAILED)
        return;
    offsets = found;
    snprintf(boot_id, sizeof boot_id, "%s/boot_id", folder);
}

int clock_gettime(clockid_t clock, struct timespec *time)
{
    int64_t moved = 0, whole;
    int status = (int)syscall(SYS_clock_gettime, clock, time);

    if (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)
        moved = offsets[0];
    else if (clock == CLOCK_BOOTTIME)
        moved = offsets[1];
    if (!status && moved) {
        whole = time->tv_sec * SECOND + time->tv_nsec + moved;
        time->tv_sec = whole / SECOND;
        time->tv_nsec = whole % SECOND;
    }
    return status;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone)
{
    struct timespec now;

    (void)zone;
    clock_gettime(CLOCK_REALTIME, &now);
    time->tv_sec = now.tv_sec;
    time->tv_usec = now.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *seconds)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    if (seconds)
        *seconds = now.tv_sec;
    return now.tv_sec;
}

/* The mode is there, and means something, only where a file may be made. */
#define GIVEN_MODE(last)                                                                           \
    mode_t mode = 0;                                                                               \
    if (flags & (O_CREAT | O_TMPFILE)) {                                                           \
        va_list more;                                                                              \
        va_start(more, last);                                                                      \
        mode = va_arg(more, mode_t);                                                               \
        va_end(more);                                                                              \
    }

int open(const char *path, int flags, ...)
{
    GIVEN_MODE(flags)
    return opened(AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    GIVEN_MODE(flags)
    return opened(AT_FDCWD, path, flags | O_LARGEFILE, mode);
}

int openat(int folder, const char *path, int flags, ...)
{
    GIVEN_MODE(flags)
    return opened(folder, path, flags, mode);
}

int openat64(int folder, const char *path, int flags, ...)
{
    GIVEN_MODE(flags)
    return opened(folder, path, flags | O_LARGEFILE, mode);
}
