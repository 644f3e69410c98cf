// What the parts of char-device share; main.c says what the program is for.

#include <stddef.h>
#include <stdint.h>

enum { largest = 4 << 20 }; // bytes that one step transfers

// main.c: ends the program, for a word that it does not understand.
void refuse_usage(const char *word);

// print.c: the end of a step's line: a call's result, or its error by name. The result.
long print_result(long result);

// print.c: bytes, as text with everything unprintable as \xNN.
void print_text(const uint8_t *bytes, size_t count);

// print.c: bytes, two digits each.
void print_hexadecimal(const uint8_t *bytes, size_t count);

// print.c: a poll's events by name.
void print_events(short events);

// steps.c: does one step, NAME=ARGUMENT or NAME alone, and prints its line. False, if the kernel or the device refused.
int take_step(const char *path, const char *step);
