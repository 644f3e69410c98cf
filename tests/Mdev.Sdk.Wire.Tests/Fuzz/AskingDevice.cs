using Mdev.Sdk.Device;
using Mdev.Sdk.Dma;
using Mdev.Sdk.Registers;
using Mdev.Sdk.Wire.Tests.Support;

namespace Mdev.Sdk.Wire.Tests.Fuzz;

/// <summary>A device that asks its client for memory whenever a guest writes to a register, and does not care what becomes of it.</summary>
internal sealed class AskingDevice : VfioDevice
{
    protected override void Declare(VfioDeclaration vfio) => vfio
        .Api(DeviceApi.Platform)
        .Region(new Registers(Memory), new RegionAttribute(0))
        .Region(new LargeBlock(), new RegionAttribute(2));

    private sealed class Registers(GuestMemory memory) : IRegisterBlock
    {
        private const int MostUnderWay = 16;

        private int _underWay;

        public RegisterBlockInfo Info { get; } =
            new(nameof(AskingDevice), 0x100) { Bus = AccessWidth.Dword, Wide = WideAccess.EveryLane, Unmapped = Unmapped.ReadZero };

        public bool TryReadLane(uint offset, ulong enabled, out ulong value)
        {
            value = (uint)_underWay;
            return true;
        }

        public bool TryWriteLane(uint offset, ulong value, ulong enabled)
        {
            if (memory.Messages is { } messages && Volatile.Read(ref _underWay) < MostUnderWay)
                _ = AskAsync(messages, value & enabled, (offset & 4) != 0);
            return true;
        }

        public string? NameAt(uint offset, bool write) => "Ask";

        public void Reset(ResetKind kind)
        {
        }

        private async Task AskAsync(IDmaMessages messages, ulong value, bool write)
        {
            Interlocked.Increment(ref _underWay);
            try
            {
                // Not on this thread: it answers the client.
                await Task.Yield();
                using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
                byte[] bytes = new byte[1 + (value % 300)];
                _ = write
                    ? await messages.WriteAsync(value << 12, bytes, patience.Token).ConfigureAwait(false)
                    : await messages.ReadAsync(value << 12, bytes, patience.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // Nobody has answered.
            }
            finally
            {
                Interlocked.Decrement(ref _underWay);
            }
        }
    }
}
