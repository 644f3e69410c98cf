namespace Mdev.Sdk.Device;

/// <summary>Where doorbells lie that clients may ring by eventfds.</summary>
/// <param name="Region">VFIO region index.</param>
/// <param name="Offset">Bytes from the start of the region.</param>
/// <param name="Doorbells">The doorbells.</param>
/// <param name="IsPorts">Whether they are I/O ports.</param>
internal readonly record struct DoorbellPlace(uint Region, ulong Offset, DoorbellArea Doorbells, bool IsPorts);
