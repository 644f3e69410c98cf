namespace Mdev.Sdk.Testing;

/// <summary>A server's answer to DEVICE_GET_IRQ_INFO.</summary>
/// <param name="Flags">1 EVENTFD, 2 MASKABLE, 4 AUTOMASKED, 8 NORESIZE.</param>
/// <param name="Count">Interrupts of the index; 0 if the device has none of the kind.</param>
public readonly record struct VfioIrqInfo(uint Flags, uint Count);
