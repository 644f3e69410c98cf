using System.Runtime.CompilerServices;
using Mdev.Sdk.Bridge.Fuse.Messages;

namespace Mdev.Bridge.Tests.Protocol;

/// <summary>What a bridge has beside the tree.</summary>
public sealed class MessageTests
{
    [Fact]
    public void Messages_have_the_sizes_of_linux_fuse_h()
    {
        Assert.Equal(16, Unsafe.SizeOf<CuseInitRequest>());
        Assert.Equal(72, Unsafe.SizeOf<CuseInitReply>());
        Assert.Equal(32, Unsafe.SizeOf<IoctlRequest>());
        Assert.Equal(16, Unsafe.SizeOf<IoctlReply>());
        Assert.Equal(24, Unsafe.SizeOf<PollRequest>());
        Assert.Equal(8, Unsafe.SizeOf<PollReply>());
        Assert.Equal(8, Unsafe.SizeOf<WriteReply>());
    }
}
