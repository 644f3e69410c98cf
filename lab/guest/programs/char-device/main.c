// Uses a character device as no shell can: without blocking, with a time limit, with any ioctl, with a bad pointer, with a
// signal in the middle. lab/boot compiles it into every guest.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "char-device.h"

static const char usage[] =
    "usage: char-device PATH STEP...\n"
    "\n"
    "Takes the steps in order on one descriptor, and prints a line for each: what the call gave, or its error by name.\n"
    "\n"
    "  open=r|w|rw|rn|wn|rwn    n: non-blocking\n"
    "  read=COUNT[@OFFSET]      prints the count, and of 64 bytes or less the text; with an offset: pread\n"
    "  write=TEXT               the text, no line end\n"
    "  fill=COUNT               writes so many bytes: 0, 1, ... 255, 0, 1, ...\n"
    "  poll=MILLISECONDS        for all of in, out and pri; prints those there are, and err and hup, or none\n"
    "  poll-in=MILLISECONDS     for in alone\n"
    "  ioctl=NUMBER             with no argument\n"
    "  ioctl=NUMBER:SIZE[:HEX]  with a structure that holds these bytes, and zeros after them; prints what it holds then\n"
    "  ioctl-at=NUMBER:VALUE    with that value for an argument: a number, or a bad pointer\n"
    "  read-at=COUNT:POINTER    into a bad pointer\n"
    "  write-at=COUNT:POINTER   from one\n"
    "  nonblock=on|off          by fcntl, while it is open\n"
    "  signal=MILLISECONDS      a signal comes so much later, is handled, and interrupts\n"
    "  seek=OFFSET              from the start\n"
    "  map=COUNT                mmap, shared, for reading\n"
    "  more=COUNT               opens it so often again, and prints how often that worked; they stay open\n"
    "  wait=MILLISECONDS\n"
    "  close\n"
    "\n"
    "Numbers are decimal, or hexadecimal with 0x.\n"
    "Status: 0, 1 a step was refused, 2 wrong usage.\n";

void refuse_usage(const char *word)
{
    fprintf(stderr, "char-device: '%s' is no step; see char-device --help\n", word);
    exit(2);
}

int main(int count, char **words)
{
    int refused = 0;
    if (count == 2 && strcmp(words[1], "--help") == 0)
        return fputs(usage, stdout) < 0;
    if (count < 3) {
        fputs(usage, stderr);
        return 2;
    }
    // A step that waits for ever has said its name.
    setvbuf(stdout, NULL, _IONBF, 0);
    for (int i = 2; i < count; i++)
        refused |= !take_step(words[1], words[i]);
    return refused;
}
