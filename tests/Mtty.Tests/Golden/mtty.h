/* mtty-2: Dual port serial. Generated from its register map; do not edit. */
#ifndef MTTY_REGISTERS_H
#define MTTY_REGISTERS_H

#define MTTY_VENDOR_ID 0x4348u
#define MTTY_DEVICE_ID 0x3253u
#define MTTY_CLASS 0x070002u
#define MTTY_SUBSYSTEM_VENDOR_ID 0x4348u
#define MTTY_SUBSYSTEM_ID 0x3253u

#define MTTY_BAR0_SIZE 0x08u /* I/O ports */
#define MTTY_BAR0_UART16550 0x00u /* offset of the block */
#define MTTY_BAR1_SIZE 0x08u /* I/O ports */
#define MTTY_BAR1_UART16550 0x00u /* offset of the block */
#define MTTY_CONFIG_SIZE 0x100u /* config space */

/* Uart16550: 8 bytes on a bus of 8 bits; accesses of any width; what no register claims reads as zeros. */
/* A 16550A whose transmitter is wired to its own receiver: one FIFO, which THR fills and RBR empties. Registers: TL16C550C data sheet. Quirks, marked MT and its number: what Linux samples/vfio-mdev/mtty.c does instead, as recorded in tests/Traces. With a far end, the FIFO holds what comes from there, and THR goes there. */
#define MTTY_UART16550_RBR 0x00u /* 8 bits, RO. There unless Dlab. */
#define MTTY_UART16550_THR 0x00u /* 8 bits, WO. There unless Dlab. */
#define MTTY_UART16550_DLL 0x00u /* 8 bits, RW. There when Dlab. */
#define MTTY_UART16550_DLM 0x01u /* 8 bits, RW. There when Dlab. */
#define MTTY_UART16550_IER 0x01u /* 8 bits, by field, reset 0x00. There unless Dlab. */
#define MTTY_UART16550_IER_RECEIVED_DATA_MASK 0x01u /* RW. */
#define MTTY_UART16550_IER_RECEIVED_DATA_SHIFT 0
#define MTTY_UART16550_IER_TRANSMITTER_EMPTY_MASK 0x02u /* RW. */
#define MTTY_UART16550_IER_TRANSMITTER_EMPTY_SHIFT 1
#define MTTY_UART16550_IER_LINE_STATUS_MASK 0x04u /* RW. */
#define MTTY_UART16550_IER_LINE_STATUS_SHIFT 2
#define MTTY_UART16550_IER_MODEM_STATUS_MASK 0x08u /* RW. */
#define MTTY_UART16550_IER_MODEM_STATUS_SHIFT 3
#define MTTY_UART16550_IIR 0x02u /* 8 bits, RO. */
#define MTTY_UART16550_FCR 0x02u /* 8 bits, WO. */
#define MTTY_UART16550_LCR 0x03u /* 8 bits, RW, reset 0x00. */
#define MTTY_UART16550_LCR_FORMAT_MASK 0x3fu /* RW. */
#define MTTY_UART16550_LCR_FORMAT_SHIFT 0
#define MTTY_UART16550_LCR_BREAK_MASK 0x40u /* RW. */
#define MTTY_UART16550_LCR_BREAK_SHIFT 6
#define MTTY_UART16550_LCR_DIVISOR_LATCH_MASK 0x80u /* RW. */
#define MTTY_UART16550_LCR_DIVISOR_LATCH_SHIFT 7
#define MTTY_UART16550_MCR 0x04u /* 8 bits, RW, reset 0x00. */
#define MTTY_UART16550_LSR 0x05u /* 8 bits, RO. */
#define MTTY_UART16550_MSR 0x06u /* 8 bits, RO. */
#define MTTY_UART16550_SCR 0x07u /* 8 bits, RW, reset 0x00. */

#endif
