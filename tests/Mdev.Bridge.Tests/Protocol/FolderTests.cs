using System.Text;
using Mdev.Sdk;
using Mdev.Sdk.Bridge.Files;
using Mdev.Sdk.Bridge.Fuse;

namespace Mdev.Bridge.Tests.Protocol;

/// <summary>Names and listings, as a kernel asks for them and as none does.</summary>
public sealed class FolderTests : IDisposable
{
    private const ulong Root = 1;
    private const uint Lookup = 1, GetAttr = 3, ReadLink = 5, OpenDir = 27, ReadDir = 28, ReleaseDir = 29, ReadDirPlus = 44;

    private readonly KernelSide _kernel;

    public FolderTests()
    {
        var folder = new Folder().Add("file", new TestFile { OnRead = (_, destination) => destination.Length }).Add("link", new FuseLink("file"));
        folder.Add("numbers", new NumberedFolder(300, number => number % 2 == 0 ? new Folder() : null));
        _kernel = KernelSide.Of(folder);
    }

    public void Dispose() => _kernel.Dispose();

    [Fact]
    public void A_name_is_a_node_until_it_is_forgotten()
    {
        Answer found = Find("link");
        ulong node = found.U64(0);
        Assert.Equal("file"u8, _kernel.Ask(ReadLink, [], node).Body);
        Assert.Equal(0, _kernel.Ask(GetAttr, new byte[16], node).Error);
        _kernel.Send(2, KernelSide.U64(1), node);
        Assert.Equal(-(int)Errno.ENOENT, _kernel.Ask(GetAttr, new byte[16], node).Error);
        foreach (string name in new[] { "", "nothing", "numbers/2", new string('n', 5000) })
            Assert.Equal(-(int)Errno.ENOENT, Find(name).Error);
        Assert.Equal(-(int)Errno.ENOENT, _kernel.Ask(Lookup, "file"u8.ToArray(), Root).Error);
        Assert.Equal(-(int)Errno.ENOENT, _kernel.Ask(Lookup, "file\0"u8.ToArray(), 12345).Error);
    }

    [Theory]
    [InlineData(ReadDir)]
    [InlineData(ReadDirPlus)]
    public void A_listing_of_any_size_and_position_is_whole_entries(uint opcode)
    {
        ulong numbers = Find("numbers").U64(0);
        ulong handle = _kernel.Ask(OpenDir, new byte[8], numbers).U64(0);
        foreach (uint size in new uint[] { 0, 1, 24, 31, 32, 152, 4096, 0x10000, uint.MaxValue })
        {
            foreach (ulong position in new ulong[] { 0, 1, 100, 152, int.MaxValue, ulong.MaxValue })
            {
                Answer answer = _kernel.Ask(opcode, KernelSide.Transfer(handle, position, size, 0), numbers);
                Assert.Equal(0, answer.Error);
                Assert.InRange((uint)answer.Body.Length, 0u, size);
                Assert.Equal(0, answer.Body.Length % 8);
            }
        }
        Assert.Equal(-(int)Errno.EBADF, _kernel.Ask(opcode, KernelSide.Transfer(handle + 1, 0, 4096, 0), numbers).Error);
        Assert.Equal(-(int)Errno.EINVAL, _kernel.Ask(opcode, new byte[39], numbers).Error);
        Assert.Equal(0, _kernel.Ask(ReleaseDir, [.. KernelSide.U64(handle), .. new byte[16]], numbers).Error);

        // An ioctl of a directory is none of a file's.
        Assert.Equal(-(int)Errno.ENOTTY, _kernel.Ioctl(handle, 1, 0, [], 0, flags: 0x10).Error);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Random_messages_neither_end_nor_stop_the_server(int seed)
    {
        var random = new Random(seed);
        ulong[] nodes = [Root, Find("file").U64(0), Find("numbers").U64(0), Find("link").U64(0), 0, ulong.MaxValue];
        for (int i = 0; i < 3000; i++)
        {
            byte[] body = new byte[random.Next(120)];
            random.NextBytes(body);

            // Often of a handle that there is, and often with sizes and positions that make sense.
            if (body.Length >= 24 && random.Next(2) == 0)
                KernelSide.Transfer((ulong)random.Next(10), (ulong)random.Next(200), (uint)random.Next(5000), 0).AsSpan(0, 24).CopyTo(body);
            uint opcode = random.Next(10) == 0 ? (uint)random.Next() : (uint)random.Next(1, 53);
            byte[] message = KernelSide.Request(opcode, (ulong)random.Next() << 32 | (uint)i, 0, body, nodes[random.Next(nodes.Length)]);
            _kernel.SendRaw(random.Next(8) == 0 ? message[..random.Next(1, message.Length)] : message);
            if (i % 50 == 49)
                Drain();
        }
        Drain();
        Assert.Equal(0, Find("file").Error);
    }

    // Its answer comes after those of all that was asked before, save of those who wait; nobody does here.
    private void Drain()
    {
        ulong last = _kernel.Send(53, []);
        while (_kernel.Next().Unique != last)
        {
        }
    }

    private Answer Find(string name) => _kernel.Ask(Lookup, [.. Encoding.UTF8.GetBytes(name), 0], Root);
}
