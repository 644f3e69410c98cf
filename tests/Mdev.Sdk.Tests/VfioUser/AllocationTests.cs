using Mdev.Sdk.Registers;
using Mdev.Sdk.Testing;
using Mdev.Sdk.VfioUser;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mdev.Sdk.Tests.VfioUser;

public sealed class AllocationTests
{
    [Fact]
    public void A_message_in_steady_state_allocates_nothing_from_socket_to_register_and_back()
    {
        // The block runs on the session's own thread, so it is the one that can count there.
        var allocated = new List<long>(capacity: 2);
        using var device = new ScratchDevice(new CountingBlock(allocated), logger: NullLogger.Instance);
        DirectoryInfo directory = Directory.CreateTempSubdirectory("mdev-");
        try
        {
            string path = Path.Combine(directory.FullName, "s");
            using VfioUserServer server = VfioUserServer.Listen(device, path);
            using VfioUserClient client = VfioUserClient.Connect(path);

            byte[] bytes = new byte[64];
            Exchange(client, bytes, rounds: 100);
            Count(client);
            Exchange(client, bytes, rounds: 5000);
            Count(client);
        }
        finally
        {
            directory.Delete(recursive: true);
        }

        Assert.Equal(2, allocated.Count);
        Assert.Equal(allocated[0], allocated[1]);
    }

    private static void Exchange(VfioUserClient client, byte[] bytes, int rounds)
    {
        for (int i = 0; i < rounds; i++)
        {
            Assert.Equal(Errno.None, client.TryReadRegion(0, 0, bytes.AsSpan(0, 4)));
            Assert.Equal(Errno.None, client.TryWriteRegion(0, 4, bytes.AsSpan(0, 4)));
            client.PostWriteRegion(0, 8, bytes.AsSpan(0, 1));
            Assert.Equal(Errno.None, client.TryReadRegion(0, 1, bytes));
            Assert.Equal(Errno.None, client.TryReadRegion(7, 0, bytes));
            Assert.Equal(Errno.None, client.TryWriteRegion(7, 0x3c, bytes.AsSpan(0, 1)));
            Assert.Equal(Errno.EINVAL, client.TryReadRegion(0, 1000, bytes));
        }
    }

    private static void Count(VfioUserClient client) => client.ReadRegion(0, CountingBlock.Counter, new byte[4]);

    private sealed class CountingBlock(List<long> allocated) : IRegisterBlock
    {
        public const uint Counter = 128;

        private ulong _value;

        public RegisterBlockInfo Info { get; } = new("Counting", 256) { Bus = AccessWidth.Dword, Wide = WideAccess.EveryLane, Unmapped = Unmapped.ReadZero };

        public bool TryReadLane(uint offset, ulong enabled, out ulong value)
        {
            if (offset == Counter)
                allocated.Add(GC.GetAllocatedBytesForCurrentThread());
            value = _value;
            return true;
        }

        public bool TryWriteLane(uint offset, ulong value, ulong enabled)
        {
            _value = value & enabled;
            return true;
        }

        public string? NameAt(uint offset, bool write) => null;

        public void Reset(ResetKind kind) => _value = 0;
    }
}
