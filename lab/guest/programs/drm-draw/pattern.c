// The patterns: the colour of the pixel (x, y), 0xRRGGBB, all arithmetic of 32-bit unsigned integers.
//
//   hash:S   v ^ v >> 16, its low 24 bits, where v = x * 0x9e3779b1 + y * 0x85ebca77 + S * 0xc2b2ae3d: for comparing
//   picture  as the function of that name has it: for people to look at

#include <stdio.h>
#include <string.h>

#include "drm-draw.h"

static uint32_t hash(uint32_t x, uint32_t y, uint32_t seed)
{
    uint32_t v = x * 0x9e3779b1u + y * 0x85ebca77u + seed * 0xc2b2ae3du;
    return (v ^ v >> 16) & 0xffffff;
}

// A white frame at the outermost pixels, eight colour bars below, and above them a sun that sets behind hills.
static uint32_t picture(uint32_t x, uint32_t y, uint32_t width, uint32_t height)
{
    static const uint32_t bars[] = {0xffffff, 0xffff00, 0x00ffff, 0x00ff00, 0xff00ff, 0xff0000, 0x0000ff, 0x000000};
    if (x == 0 || y == 0 || x == width - 1 || y == height - 1)
        return 0xffffff;
    if (y >= height - height / 8)
        return bars[x * 8 / width];
    uint32_t period = width / 3 + 1, slope = x % period * 2; // 0 to two periods: up the hill and down again
    uint32_t hill = (slope < period ? slope : 2 * period - slope) * height / (5 * period);
    if (y + hill >= height - height / 6)
        return 0x1c1430 + hill * 96 / height * 0x010200;
    uint32_t dx = x > width / 2 ? x - width / 2 : width / 2 - x, dy = y > height / 2 ? y - height / 2 : height / 2 - y;
    uint32_t distance = dx * dx + dy * dy, radius = height / 4;
    if (distance < radius * radius)
        return 0xffe8a0 - distance / (radius * radius / 64 + 1) * 0x000102;
    uint32_t dusk = y * 256 / height; // 0 to 255 from the top downward
    return (24 + dusk * 216 / 256) << 16 | (32 + dusk * 112 / 256) << 8 | (112 - dusk * 48 / 256);
}

void draw(uint8_t *pixels, uint32_t width, uint32_t height, uint32_t pitch, const char *pattern)
{
    uint32_t seed = 0;
    int hashed = sscanf(pattern, "hash:%u", &seed) == 1;
    for (uint32_t y = 0; y < height; y++) {
        uint32_t *row = (uint32_t *)(pixels + (size_t)y * pitch);
        for (uint32_t x = 0; x < width; x++)
            row[x] = hashed ? hash(x, y, seed) : picture(x, y, width, height);
    }
}

int is_pattern(const char *text)
{
    uint32_t seed;
    return strcmp(text, "picture") == 0 || sscanf(text, "hash:%u", &seed) == 1;
}
