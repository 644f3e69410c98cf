// A screen that is nothing but a card's memory, whose size and format nobody sets: through the file that sysfs has for a BAR.

#include <fcntl.h>
#include <sys/mman.h>

#include "drm-draw.h"

void draw_in_memory(const char *path, uint32_t width, uint32_t height, const char *pattern)
{
    int device = open(path, O_RDWR | O_CLOEXEC);
    if (device < 0)
        fail(path);
    uint8_t *pixels = mmap(NULL, (size_t)width * height * 4, PROT_READ | PROT_WRITE, MAP_SHARED, device, 0);
    if (pixels == MAP_FAILED)
        fail("map");
    draw(pixels, width, height, width * 4, pattern);
    say("drawn %ux%u %s", width, height, pattern);
}
