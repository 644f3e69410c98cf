using Mdev.Sdk.Interrupts;

namespace Mdev.Sdk.Device;

/// <summary>A doorbell that the client may ring by an eventfd.</summary>
/// <param name="Place">Where it lies.</param>
/// <param name="Index">Which of them it is.</param>
/// <param name="Event">Signalled by the client, or by KVM for it.</param>
internal readonly record struct DoorbellEvent(DoorbellPlace Place, int Index, EventFd Event)
{
    /// <summary>Bytes from the start of the region.</summary>
    public ulong Offset => Place.Offset + (ulong)Place.Doorbells.OffsetOf(Index);
}
