/* card-1: Card of "everything" * /. Generated from its register map; do not edit. */
#ifndef CARD_REGISTERS_H
#define CARD_REGISTERS_H

#define CARD_VENDOR_ID 0x1234u
#define CARD_DEVICE_ID 0x5678u
#define CARD_CLASS 0x058000u
#define CARD_SUBSYSTEM_VENDOR_ID 0x0000u
#define CARD_SUBSYSTEM_ID 0x0000u

#define CARD_BAR0_SIZE 0x400u /* 32-bit memory */
#define CARD_BAR0_CARD_REGISTERS 0x00u /* offset of the block */
#define CARD_BAR1_SIZE 0x10u /* I/O ports */
#define CARD_BAR1_SWAPPED 0x00u /* offset of the block */
#define CARD_BAR2_SIZE 0x20u /* 64-bit memory, prefetchable */
#define CARD_BAR2_CARD_CHANNEL 0x00u /* offset of the block */
#define CARD_CONFIG_SIZE 0x100u /* config space */

/* CardRegisters: 1024 bytes on a bus of 32 bits, little-endian; accesses of 2 to 4 bytes; what no register claims reads as ones. */
/* Everything that a block can have. */
#define CARD_PAGE 0x00u /* 8 bits, RW, reset 0x00. Selects a bank. */
#define CARD_PAGE_STOPPED 0x00u /* Not at all. */
#define CARD_PAGE_SLOW 0x01u
#define CARD_PAGE_FAST 0x02u
#define CARD_PAGE_QUICK 0x02u
#define CARD_ORDER 0x04u /* 32 bits, by field, reset 0x00005a20. Says what to do: see Done, <never> 0. */
#define CARD_ORDER_START_MASK 0x00000001u /* RW, self-clearing. Starts, and sets itself back. */
#define CARD_ORDER_START_SHIFT 0
#define CARD_ORDER_SPEED_MASK 0x00000030u /* RW. The Speed to take. */
#define CARD_ORDER_SPEED_SHIFT 4
#define CARD_ORDER_SPEED_STOPPED 0x0u /* Not at all. */
#define CARD_ORDER_SPEED_SLOW 0x1u
#define CARD_ORDER_SPEED_FAST 0x2u
#define CARD_ORDER_SPEED_QUICK 0x2u
#define CARD_ORDER_LEVEL_MASK 0x0000ff00u /* RO. */
#define CARD_ORDER_LEVEL_SHIFT 8
#define CARD_ORDER_EVENT_MASK 0x00010000u /* RW1C. */
#define CARD_ORDER_EVENT_SHIFT 16
#define CARD_ORDER_SEEN_MASK 0x00020000u /* RO, RC. */
#define CARD_ORDER_SEEN_SHIFT 17
#define CARD_ORDER_LOCK_MASK 0x00040000u /* RW, once. */
#define CARD_ORDER_LOCK_SHIFT 18
#define CARD_ORDER_FEW_MASK 0xff000000u /* RW. */
#define CARD_ORDER_FEW_SHIFT 24
#define CARD_ORDER_FEW_NONE 0x00u
#define CARD_ORDER_FEW_DONE 0x01u /* A transfer is done. */
#define CARD_ORDER_FEW_FAILED 0x02u
#define CARD_ORDER_FEW_LEVEL 0xf0u
#define CARD_ORDER_FEW_ALL 0x03u
#define CARD_STATUS 0x08u /* 16 bits, RO, reset 0x0000. What has happened. */
#define CARD_STATUS_DONE_MASK 0x0001u /* RO. A transfer is done. */
#define CARD_STATUS_DONE_SHIFT 0
#define CARD_STATUS_FAILED_MASK 0x0002u /* RO. */
#define CARD_STATUS_FAILED_SHIFT 1
#define CARD_STATUS_LEVEL_MASK 0x00f0u /* RO. */
#define CARD_STATUS_LEVEL_SHIFT 4
#define CARD_ACKNOWLEDGE 0x0cu /* 16 bits, W1C, reset 0x0000. What has happened. Another address of Status. */
#define CARD_STATUS_2 0x10u /* 16 bits, RO, reset 0x0000. What has happened. Another address of Status. */
#define CARD_MASKED 0x14u /* 32 bits, RW 0x00ff00ff; RO 0xff00ff00, reset 0x00000007. Writable while Open. Keeps its value over a warm reset. */
#define CARD_SLOW 0x18u /* 32 bits, RW, reset 0x00000000. There when Page is Slow. */
#define CARD_FAST 0x18u /* 32 bits, RW, reset 0x00000000. There when Page is Fast. */
#define CARD_DATA 0x20u /* 8 bits, RW. What comes. */
#define CARD_COUNT_LEVEL 0x21u /* 8 bits, RO. */
#define CARD_KICK 0x21u /* 8 bits, WO. */
#define CARD_TABLE 0x100u /* 32 bits, RW, reset 0x00000011. A table. */
#define CARD_TABLE_COUNT 4
#define CARD_TABLE_STRIDE 0x04u
#define CARD_TABLE_AT(n) (0x100u + CARD_TABLE_STRIDE * (n))
#define CARD_ORDERS 0x200u /* 32 bits, by field, reset 0x00005a20. */
#define CARD_ORDERS_COUNT 3
#define CARD_ORDERS_STRIDE 0x10u
#define CARD_ORDERS_AT(n) (0x200u + CARD_ORDERS_STRIDE * (n))
#define CARD_ORDERS_START_MASK 0x00000001u /* RW, self-clearing. Starts, and sets itself back. */
#define CARD_ORDERS_START_SHIFT 0
#define CARD_ORDERS_SPEED_MASK 0x00000030u /* RW. The Speed to take. */
#define CARD_ORDERS_SPEED_SHIFT 4
#define CARD_ORDERS_SPEED_STOPPED 0x0u /* Not at all. */
#define CARD_ORDERS_SPEED_SLOW 0x1u
#define CARD_ORDERS_SPEED_FAST 0x2u
#define CARD_ORDERS_SPEED_QUICK 0x2u
#define CARD_ORDERS_LEVEL_MASK 0x0000ff00u /* RO. */
#define CARD_ORDERS_LEVEL_SHIFT 8
#define CARD_ORDERS_EVENT_MASK 0x00010000u /* RW1C. */
#define CARD_ORDERS_EVENT_SHIFT 16
#define CARD_ORDERS_SEEN_MASK 0x00020000u /* RO, RC. */
#define CARD_ORDERS_SEEN_SHIFT 17
#define CARD_ORDERS_LOCK_MASK 0x00040000u /* RW, once. */
#define CARD_ORDERS_LOCK_SHIFT 18
#define CARD_ORDERS_FEW_MASK 0xff000000u /* RW. */
#define CARD_ORDERS_FEW_SHIFT 24
#define CARD_ORDERS_FEW_NONE 0x00u
#define CARD_ORDERS_FEW_DONE 0x01u /* A transfer is done. */
#define CARD_ORDERS_FEW_FAILED 0x02u
#define CARD_ORDERS_FEW_LEVEL 0xf0u
#define CARD_ORDERS_FEW_ALL 0x03u
#define CARD_CHANNELS 0x300u /* block CardChannel. The channels. */
#define CARD_CHANNELS_COUNT 4
#define CARD_CHANNELS_STRIDE 0x20u
#define CARD_CHANNELS_AT(n) (0x300u + CARD_CHANNELS_STRIDE * (n))
#define CARD_SPARE 0x3c0u /* block CardChannel. */

/* CardChannel: 32 bytes on a bus of 32 bits, little-endian; accesses of any width; what no register claims reads as zeros. */
/* One channel. */
#define CARD_CHANNEL_SOURCE 0x00u /* 32 bits, RW, reset 0x00000000. Where it reads. */
#define CARD_CHANNEL_ORDER 0x08u /* 32 bits, by field, reset 0x00005a20. */
#define CARD_CHANNEL_ORDER_START_MASK 0x00000001u /* RW, self-clearing. Starts, and sets itself back. */
#define CARD_CHANNEL_ORDER_START_SHIFT 0
#define CARD_CHANNEL_ORDER_SPEED_MASK 0x00000030u /* RW. The Speed to take. */
#define CARD_CHANNEL_ORDER_SPEED_SHIFT 4
#define CARD_CHANNEL_ORDER_SPEED_STOPPED 0x0u /* Not at all. */
#define CARD_CHANNEL_ORDER_SPEED_SLOW 0x1u
#define CARD_CHANNEL_ORDER_SPEED_FAST 0x2u
#define CARD_CHANNEL_ORDER_SPEED_QUICK 0x2u
#define CARD_CHANNEL_ORDER_LEVEL_MASK 0x0000ff00u /* RO. */
#define CARD_CHANNEL_ORDER_LEVEL_SHIFT 8
#define CARD_CHANNEL_ORDER_EVENT_MASK 0x00010000u /* RW1C. */
#define CARD_CHANNEL_ORDER_EVENT_SHIFT 16
#define CARD_CHANNEL_ORDER_SEEN_MASK 0x00020000u /* RO, RC. */
#define CARD_CHANNEL_ORDER_SEEN_SHIFT 17
#define CARD_CHANNEL_ORDER_LOCK_MASK 0x00040000u /* RW, once. */
#define CARD_CHANNEL_ORDER_LOCK_SHIFT 18
#define CARD_CHANNEL_ORDER_FEW_MASK 0xff000000u /* RW. */
#define CARD_CHANNEL_ORDER_FEW_SHIFT 24
#define CARD_CHANNEL_ORDER_FEW_NONE 0x00u
#define CARD_CHANNEL_ORDER_FEW_DONE 0x01u /* A transfer is done. */
#define CARD_CHANNEL_ORDER_FEW_FAILED 0x02u
#define CARD_CHANNEL_ORDER_FEW_LEVEL 0xf0u
#define CARD_CHANNEL_ORDER_FEW_ALL 0x03u
#define CARD_CHANNEL_PAIR 0x10u /* 16 bits, RW, reset 0x0000. */
#define CARD_CHANNEL_PAIR_COUNT 2
#define CARD_CHANNEL_PAIR_STRIDE 0x02u
#define CARD_CHANNEL_PAIR_AT(n) (0x10u + CARD_CHANNEL_PAIR_STRIDE * (n))

/* Swapped: 16 bytes on a bus of 32 bits, big-endian; accesses of any width; what no register claims reads as zeros. */
/* Big-endian, with names that languages have taken. */
#define CARD_SWAPPED_DEFAULT 0x00u /* 16 bits, RW, reset 0x1234. */
#define CARD_SWAPPED_REG 0x04u /* 32 bits, RW, reset 0x00000000. */
#define CARD_SWAPPED_FIRST_WORD 0x08u /* 16 bits, RW, reset 0x0000. */
#define CARD_SWAPPED_GAP 0x0au /* 8 bits, RO, reset 0x00. */
#define CARD_SWAPPED_FIRST_WORD_2 0x0bu /* 8 bits, RW, reset 0x00. */
#define CARD_SWAPPED_X9_LIVES__ 0x0cu /* 32 bits, RO. */

#endif
