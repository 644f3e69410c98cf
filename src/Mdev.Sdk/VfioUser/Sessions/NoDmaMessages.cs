using Mdev.Sdk.Device;
using Mdev.Sdk.Dma;

namespace Mdev.Sdk.VfioUser.Sessions;

/// <summary>For a client that would take a request for a reply: whoever wants its memory is told at once, the operator once.</summary>
internal sealed class NoDmaMessages(VfioDevice device) : IDmaMessages
{
    private int _told;

    public ValueTask<bool> ReadAsync(ulong address, Memory<byte> destination, CancellationToken cancellation) => Refuse(address);

    public ValueTask<bool> WriteAsync(ulong address, ReadOnlyMemory<byte> source, CancellationToken cancellation) => Refuse(address);

    private ValueTask<bool> Refuse(ulong address)
    {
        if (Interlocked.Exchange(ref _told, 1) == 0)
            SessionLog.CannotBeAsked(device.Logger, device.Uuid, address);
        return new(false);
    }
}
