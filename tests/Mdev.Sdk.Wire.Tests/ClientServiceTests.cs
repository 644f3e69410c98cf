using Mdev.Sdk.Dma;
using Mdev.Sdk.Testing;
using Mdev.Sdk.Wire.Tests.Support;

namespace Mdev.Sdk.Wire.Tests;

/// <summary>The typed client as tests of devices use it: what it negotiates, and memory that a device asks it for.</summary>
public sealed class ClientServiceTests : IDisposable
{
    private const ulong Base = 0x1_0000_0000;

    private readonly TestServer _server = new();
    private readonly UnsharedMemory _guest = new(Base, 3 << 20);

    public void Dispose() => _server.Dispose();

    [Fact]
    public void A_client_tells_what_was_negotiated()
    {
        var wanted = new VfioUserCapabilities
        {
            MaxDescriptors = 8, MaxMappings = 100, TwinSocket = true, WriteMultiple = true, MigrationPageSize = 65536, MaxBitmapSize = 4096,
        };
        using VfioUserClient client = Connect(wanted);
        var expected = new VfioUserCapabilities
        {
            MaxMappings = 100, TwinSocket = true, WriteMultiple = true, MigrationPageSize = 4096,
        };
        Assert.Equal(expected, client.Negotiated);
        Assert.NotNull(client.TwinConnection);
    }

    [Fact]
    public void A_client_may_say_what_QEMU_or_cloud_hypervisor_says()
    {
        using (VfioUserClient qemu = Connect(VfioUserCapabilities.Qemu))
            Assert.Equal(new VfioUserCapabilities { MigrationPageSize = 4096 }, qemu.Negotiated);
        using (VfioUserClient cloudHypervisor = Connect(VfioUserCapabilities.CloudHypervisor))
            Assert.Equal(new VfioUserCapabilities { MaxMappings = null, PageSizes = null }, cloudHypervisor.Negotiated);
        Assert.Contains(_server.Log.Lines, line => line.Contains("the client is QEMU", StringComparison.Ordinal));
        Assert.Contains(_server.Log.Lines, line => line.Contains("the client is cloud-hypervisor", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Memory_that_is_not_shared_is_read_and_written_while_the_client_does_other_things(bool twin)
    {
        using VfioUserClient client = Connect(new() { TwinSocket = twin });
        client.MapDma(Base, (ulong)_guest.Size, memory: null);
        client.ServeDma(_guest);
        byte[] data = new byte[_guest.Size - 10];
        new Random(3).NextBytes(data);

        Task<bool> write = Messages.WriteAsync(Base + 5, data, default).AsTask();
        for (int i = 0; !write.IsCompleted || i < 20; i++)
        {
            client.WriteRegion(0, 0, (byte)i);
            Assert.Equal((byte)i, client.ReadRegion(0, 0, 1)[0]);
        }
        Assert.True(DmaTest.ResultOf(write));
        Assert.Equal(data, _guest.Read(5, data.Length));

        byte[] back = new byte[data.Length];
        Task<bool> read = Messages.ReadAsync(Base + 5, back, default).AsTask();
        for (int i = 0; !read.IsCompleted || i < 20; i++)
            client.GetIrqInfo(0);
        Assert.True(DmaTest.ResultOf(read));
        Assert.Equal(data, back);
    }

    [Fact]
    public void A_reply_with_a_descriptor_reaches_whoever_asked_for_it_past_the_service()
    {
        using var server = new DeviceServer(new MemoryDevice());
        server.Client.ServeDma(_guest);
        using MappedRegion? region = server.Client.MapRegion(0);
        Assert.NotNull(region);
    }

    [Fact]
    public void Faults_of_a_client_can_be_played()
    {
        using VfioUserClient client = Connect(new());
        client.ServeDma(request => request.Address switch
        {
            Base => VfioDmaAnswer.Refusal(Errno.EIO),
            Base + 1 => VfioDmaAnswer.Reply(1, 2, 3),
            Base + 2 => VfioDmaAnswer.Silence,
            _ => _guest.Answer(request),
        });
        ((VfioUser.Sessions.DmaMessages)Messages).Deadline = TimeSpan.FromMilliseconds(50);
        for (uint i = 0; i < 3; i++)
            Assert.False(DmaTest.ResultOf(Messages.ReadAsync(Base + i, new byte[1], default)));
        Assert.True(DmaTest.ResultOf(Messages.ReadAsync(Base + 3, new byte[1], default)));
        Assert.False(DmaTest.ResultOf(Messages.ReadAsync(Base + (uint)_guest.Size, new byte[1], default)));
        Assert.False(DmaTest.ResultOf(Messages.WriteAsync(Base - 1, new byte[1], default)));
    }

    [Fact]
    public void A_service_that_throws_fails_the_next_call()
    {
        using VfioUserClient client = Connect(new());
        client.ServeDma(_ => throw new InvalidOperationException("A test's own mistake."));
        ValueTask<bool> read = Messages.ReadAsync(Base, new byte[1], default);
        IOException e = Assert.Throws<IOException>(AskForEver);
        Assert.Contains("own mistake", e.Message, StringComparison.Ordinal);
        client.Dispose();
        Assert.False(DmaTest.ResultOf(read));

        void AskForEver()
        {
            while (true)
                client.GetDeviceInfo();
        }
    }

    [Fact]
    public void A_client_that_serves_notices_that_the_server_has_gone()
    {
        var server = new TestServer();
        using VfioUserClient client = server.ConnectClient();
        client.ServeDma(_guest);
        server.Dispose();
        Assert.ThrowsAny<IOException>(() => client.GetDeviceInfo());
    }

    private IDmaMessages Messages => _server.Device.Memory.Messages!;

    private VfioUserClient Connect(VfioUserCapabilities capabilities) =>
        VfioUserClient.Connect(_server.Path, capabilities: capabilities);
}
