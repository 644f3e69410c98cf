/* sound-1: Card of sounds. Generated from its register map; do not edit. */
#ifndef SOUND_REGISTERS_H
#define SOUND_REGISTERS_H

#define SOUND_VENDOR_ID 0x1234u
#define SOUND_DEVICE_ID 0x050du
#define SOUND_CLASS 0x040100u
#define SOUND_SUBSYSTEM_VENDOR_ID 0x0000u
#define SOUND_SUBSYSTEM_ID 0x0000u

#define SOUND_BAR0_SIZE 0x4000u /* 32-bit memory */
#define SOUND_BAR0_SOUND_REGISTERS 0x00u /* offset of the block */
#define SOUND_BAR0_RING 0x1000u /* memory, which clients may map */
#define SOUND_BAR0_RING_SIZE 0x1000u
#define SOUND_BAR0_DOORBELLS 0x2000u /* doorbells: 4 of 32 bits, 8 bytes apart; clients may map them */
#define SOUND_BAR0_DOORBELLS_SIZE 0x20u
#define SOUND_BAR0_DOORBELLS_COUNT 4
#define SOUND_BAR0_DOORBELLS_STRIDE 0x08u
#define SOUND_BAR0_DOORBELLS_AT(n) (0x2000u + SOUND_BAR0_DOORBELLS_STRIDE * (n))
#define SOUND_BAR1_SIZE 0x100u /* 32-bit memory */
#define SOUND_BAR1_NOTES 0x00u /* memory */
#define SOUND_BAR1_NOTES_SIZE 0x100u
#define SOUND_BAR2_SIZE 0x4000u /* 64-bit memory, prefetchable */
#define SOUND_BAR2_SAMPLES 0x00u /* memory, which clients may map */
#define SOUND_BAR2_SAMPLES_SIZE 0x4000u
#define SOUND_CONFIG_SIZE 0x100u /* config space */
#define SOUND_CONFIG_SOUND_MAILBOX 0x40u /* offset of the block */
#define SOUND_REGION9_SIZE 0x1000u /* device-specific region, type 0x1, subtype 0x2, read-only */
#define SOUND_REGION9_EDID 0x00u /* memory, which clients may map */
#define SOUND_REGION9_EDID_SIZE 0x1000u
#define SOUND_REGION10_SIZE 0x08u /* device-specific region */
#define SOUND_REGION10_SOUND_VOICE 0x00u /* offset of the block */

/* SoundRegisters: 512 bytes on a bus of 32 bits, little-endian; accesses of any width; what no register claims reads as zeros. */
/* What arrays, windows, wide registers and missing bits can be. */
#define SOUND_PAGE 0x00u /* 8 bits, RW, reset 0x00. */
#define SOUND_PAGE_FIRST 0x00u
#define SOUND_PAGE_SECOND 0x01u
#define SOUND_FIELDS 0x04u /* 16 bits, by field, reset 0xf503. Bits 15:12: reserved, write as read. Bits 11:8: reserved, write as 0x5. Bit 7: not implemented: No second clock. */
#define SOUND_FIELDS_MODE_MASK 0x000fu /* RW. What it plays. */
#define SOUND_FIELDS_MODE_SHIFT 0
#define SOUND_FIELDS_LOOPBACK_MASK 0x0010u /* RW. Not implemented: No loopback. */
#define SOUND_FIELDS_LOOPBACK_SHIFT 4
#define SOUND_FIELDS_EVENTS_MASK 0x0060u /* RW. Not implemented: No events. */
#define SOUND_FIELDS_EVENTS_SHIFT 5
#define SOUND_PLAIN 0x08u /* 32 bits, RW 0x7fffff0f; RO 0x800000f0, reset 0x000000a0. Bits 7:4: reserved, write as read. Bit 31: reserved, write as read. */
#define SOUND_TIMER 0x0cu /* 32 bits, RW, reset 0x00000000. Not implemented: No timer. */
#define SOUND_BASE 0x10u /* 64 bits, RW, reset 0x0000000000000000. Where samples are. Wider than the bus: a read of its first lane (lowest address) latches the whole, a write of its last lane (highest address) commits it. */
#define SOUND_COUNT 0x18u /* 64 bits, RO, RC, reset 0x0000000000000000. Wider than the bus: a read of its first lane (lowest address) latches the whole. */
#define SOUND_TONES 0x20u /* 16 bits, RW. One for each tone. After reset Tones[Bass] 0xb0c5, Tones[Treble] 0x0280, Tones[2] 0x0280, Tones[int_] 0x0007. */
#define SOUND_TONES_COUNT 4
#define SOUND_TONES_STRIDE 0x02u
#define SOUND_TONES_AT(n) (0x20u + SOUND_TONES_STRIDE * (n))
#define SOUND_TONES_BASS_INDEX 0 /* How deep. */
#define SOUND_TONES_TREBLE_INDEX 1
#define SOUND_TONES_INT__INDEX 3
#define SOUND_INDEX 0x28u /* 8 bits, RW, reset 0x00. */
#define SOUND_PALETTE_DATA 0x29u /* 8 bits, RW. Colours, which have no address. Shows Palette[Index]; each access counts Index up. */
#define SOUND_TONES_DATA 0x2au /* 16 bits, RW. One for each tone. Shows Tones[Index]. */
#define SOUND_HIDDEN_DATA 0x2cu /* 16 bits, by field. Shows Hidden[Index]. There when Open. */
#define SOUND_SETS 0x30u /* 16 bits, by field. Bits 15:12: reserved, write as read. Bits 11:8: reserved, write as 0x5. Bit 7: not implemented: No second clock. After reset Sets[0] 0xf503, Sets[1] 0xf504, Sets[2] 0xf503, Sets[3] 0xf505. */
#define SOUND_SETS_COUNT 4
#define SOUND_SETS_STRIDE 0x02u
#define SOUND_SETS_AT(n) (0x30u + SOUND_SETS_STRIDE * (n))
#define SOUND_SETS_MODE_MASK 0x000fu /* RW. What it plays. */
#define SOUND_SETS_MODE_SHIFT 0
#define SOUND_SETS_LOOPBACK_MASK 0x0010u /* RW. Not implemented: No loopback. */
#define SOUND_SETS_LOOPBACK_SHIFT 4
#define SOUND_SETS_EVENTS_MASK 0x0060u /* RW. Not implemented: No events. */
#define SOUND_SETS_EVENTS_SHIFT 5
#define SOUND_LEVELS 0x38u /* 8 bits, RW, reset 0x00. */
#define SOUND_LEVELS_COUNT 4
#define SOUND_LEVELS_STRIDE 0x01u
#define SOUND_LEVELS_AT(n) (0x38u + SOUND_LEVELS_STRIDE * (n))
#define SOUND_LEVELS_BASS_INDEX 0 /* How deep. */
#define SOUND_LEVELS_TREBLE_INDEX 1
#define SOUND_LEVELS_INT__INDEX 3
#define SOUND_PINS 0x40u /* 32 bits, RW, reset 0x000000f0. */
#define SOUND_PINS_COUNT 4
#define SOUND_PINS_STRIDE 0x04u
#define SOUND_PINS_AT(n) (0x40u + SOUND_PINS_STRIDE * (n))
#define SOUND_SET 0x50u /* 32 bits, W1S, reset 0x000000f0. Another address of Pins. */
#define SOUND_SET_COUNT 4
#define SOUND_SET_STRIDE 0x04u
#define SOUND_SET_AT(n) (0x50u + SOUND_SET_STRIDE * (n))
#define SOUND_PINS_2 0x60u /* 32 bits, W1C, reset 0x000000f0. Another address of Pins. */
#define SOUND_PINS_2_COUNT 4
#define SOUND_PINS_2_STRIDE 0x08u
#define SOUND_PINS_2_AT(n) (0x60u + SOUND_PINS_2_STRIDE * (n))
#define SOUND_LOW 0x80u /* 32 bits, RW, reset 0x00000000. There when Page is First. */
#define SOUND_LOW_COUNT 2
#define SOUND_LOW_STRIDE 0x04u
#define SOUND_LOW_AT(n) (0x80u + SOUND_LOW_STRIDE * (n))
#define SOUND_HIGH 0x80u /* 16 bits, RW, reset 0x0000. There when Page is 0x1. */
#define SOUND_HIGH_COUNT 4
#define SOUND_HIGH_STRIDE 0x02u
#define SOUND_HIGH_AT(n) (0x80u + SOUND_HIGH_STRIDE * (n))
#define SOUND_SELECT 0xb0u /* 32 bits, RW, reset 0x00000000. */
#define SOUND_VOICES_DATA 0xb4u /* 32 bits, RW. Shows Voices from byte 4 × Select on; each access counts Select up. */
#define SOUND_VOICES_DATA_2 0xb8u /* 32 bits, RW. Shows Voices from byte Select on. There unless Open. */
#define SOUND_PALETTE_COUNT 8 /* 8 bits, RW, only by index and data. Colours, which have no address. */
#define SOUND_HIDDEN_COUNT 4 /* 16 bits, by field, only by index and data. Bits 15:12: reserved, write as read. Bits 11:8: reserved, write as 0x5. Bit 7: not implemented: No second clock. */
#define SOUND_HIDDEN_BASS_INDEX 0 /* How deep. */
#define SOUND_HIDDEN_TREBLE_INDEX 1
#define SOUND_HIDDEN_INT__INDEX 3
#define SOUND_HIDDEN_MODE_MASK 0x000fu /* RW. What it plays. */
#define SOUND_HIDDEN_MODE_SHIFT 0
#define SOUND_HIDDEN_LOOPBACK_MASK 0x0010u /* RW. Not implemented: No loopback. */
#define SOUND_HIDDEN_LOOPBACK_SHIFT 4
#define SOUND_HIDDEN_EVENTS_MASK 0x0060u /* RW. Not implemented: No events. */
#define SOUND_HIDDEN_EVENTS_SHIFT 5
#define SOUND_SOLO 0xc0u /* block SoundVoice. There when Open. */
#define SOUND_VOICES_COUNT 3 /* block SoundVoice. Voices behind a window. Only by index and data. */
#define SOUND_VOICES_STRIDE 0x08u

/* SoundVoice: 8 bytes on a bus of 32 bits, little-endian; accesses of any width; what no register claims reads as zeros. */
/* One voice. */
#define SOUND_VOICE_PITCH 0x00u /* 32 bits, RW, reset 0x00000000. */
#define SOUND_VOICE_VOLUME 0x04u /* 16 bits, RW 0x00ff; RO 0xff00, reset 0x0000. Bits 15:8: reserved, write as read. */

/* SoundMailbox: 16 bytes on a bus of 32 bits, little-endian; accesses of any width; what no register claims reads as zeros. */
/* A capability of the card's own. */
#define SOUND_MAILBOX_QUESTION 0x04u /* 32 bits, RW, reset 0x00000000. What is asked. */

#endif
