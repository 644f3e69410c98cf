/* edu-1: Educational device. Generated from its register map; do not edit. */
#ifndef EDU_REGISTERS_H
#define EDU_REGISTERS_H

#define EDU_VENDOR_ID 0x1234u
#define EDU_DEVICE_ID 0x11e8u
#define EDU_CLASS 0xff0000u
#define EDU_SUBSYSTEM_VENDOR_ID 0x0000u
#define EDU_SUBSYSTEM_ID 0x0000u

#define EDU_BAR0_SIZE 0x100000u /* 32-bit memory */
#define EDU_BAR0_EDU_REGISTERS 0x00u /* offset of the block */
#define EDU_CONFIG_SIZE 0x100u /* config space */

/* EduRegisters: 1048576 bytes on a bus of 64 bits, little-endian; accesses of 4 to 8 bytes; what no register claims reads as ones. */
/* The registers of the educational device; from 0x80 on of 64 bits, which 32-bit accesses reach by halves. */
#define EDU_IDENTIFICATION 0x00u /* 32 bits, RO, reset 0x010000ed. */
#define EDU_LIVENESS 0x04u /* 32 bits, RW, reset 0x00000000. */
#define EDU_FACTORIAL 0x08u /* 32 bits, RW, reset 0x00000000. */
#define EDU_STATUS 0x20u /* 32 bits, by field, reset 0x00000000. */
#define EDU_STATUS_COMPUTING_MASK 0x00000001u /* RO. */
#define EDU_STATUS_COMPUTING_SHIFT 0
#define EDU_STATUS_RAISE_INTERRUPT_MASK 0x00000080u /* RW. */
#define EDU_STATUS_RAISE_INTERRUPT_SHIFT 7
#define EDU_INTERRUPT_STATUS 0x24u /* 32 bits, RO, reset 0x00000000. */
#define EDU_INTERRUPT_RAISE 0x60u /* 32 bits, W1S, reset 0x00000000. Another address of InterruptStatus. */
#define EDU_INTERRUPT_ACKNOWLEDGE 0x64u /* 32 bits, W1C, reset 0x00000000. Another address of InterruptStatus. */
#define EDU_SOURCE 0x80u /* 64 bits, RW, reset 0x0000000000000000. Writable while Idle. */
#define EDU_DESTINATION 0x88u /* 64 bits, RW, reset 0x0000000000000000. Writable while Idle. */
#define EDU_COUNT 0x90u /* 64 bits, RW, reset 0x0000000000000000. Writable while Idle. */
#define EDU_COMMAND 0x98u /* 64 bits, by field, reset 0x0000000000000000. Writable while Idle. */
#define EDU_COMMAND_RUN_MASK 0x0000000000000001ull /* RW1S. */
#define EDU_COMMAND_RUN_SHIFT 0
#define EDU_COMMAND_FROM_DEVICE_MASK 0x0000000000000002ull /* RW. */
#define EDU_COMMAND_FROM_DEVICE_SHIFT 1
#define EDU_COMMAND_RAISE_INTERRUPT_MASK 0x0000000000000004ull /* RW. */
#define EDU_COMMAND_RAISE_INTERRUPT_SHIFT 2

#endif
