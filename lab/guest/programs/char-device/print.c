// How results are written.

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "char-device.h"

// musl does not tell errors' names. Those that a device and the kernel before it give.
static const struct { int number; const char *name; } errors[] = {
#define NAME(error) { error, #error }
    NAME(EACCES), NAME(EAGAIN), NAME(EBADF), NAME(EBUSY), NAME(ECONNABORTED), NAME(EEXIST), NAME(EFAULT), NAME(EINTR), NAME(EINVAL),
    NAME(EIO), NAME(EISDIR), NAME(EMFILE), NAME(ENFILE), NAME(ENODEV), NAME(ENOENT), NAME(ENOMEM), NAME(ENOSPC), NAME(ENOSYS),
    NAME(EMSGSIZE), NAME(ENOTCONN), NAME(ENOTDIR), NAME(ENOTTY), NAME(ENXIO), NAME(EOPNOTSUPP), NAME(EOVERFLOW), NAME(EPERM), NAME(EPIPE),
    NAME(EROFS), NAME(ESPIPE), NAME(ETIMEDOUT), NAME(E2BIG),
#undef NAME
};

long print_result(long result)
{
    size_t i = 0;
    if (result >= 0) {
        printf(" %ld", result);
        return result;
    }
    while (i < sizeof errors / sizeof *errors && errors[i].number != errno)
        i++;
    if (i < sizeof errors / sizeof *errors)
        printf(" %s", errors[i].name);
    else
        printf(" error %d", errno);
    return result;
}

void print_text(const uint8_t *bytes, size_t count)
{
    putchar(' ');
    for (size_t i = 0; i < count; i++) {
        if (bytes[i] >= ' ' && bytes[i] <= '~' && bytes[i] != '\\')
            putchar(bytes[i]);
        else
            printf("\\x%02x", bytes[i]);
    }
}

void print_hexadecimal(const uint8_t *bytes, size_t count)
{
    putchar(' ');
    for (size_t i = 0; i < count; i++)
        printf("%02x", bytes[i]);
}

void print_events(short events)
{
    static const struct { short event; const char *name; } names[] = {
        { POLLIN, "in" }, { POLLPRI, "pri" }, { POLLOUT, "out" }, { POLLERR, "err" }, { POLLHUP, "hup" }, { POLLNVAL, "nval" },
    };
    if (!events)
        printf(" none");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (events & names[i].event)
            printf(" %s", names[i].name);
    }
}
