using Mdev.Sdk.Bridge.Cuse;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Bridge.Tests.Protocol;

/// <summary>CUSE_INIT, and what is no CUSE_INIT.</summary>
public sealed class CuseBeginningTests
{
    [Theory]
    [InlineData(11)]
    [InlineData(41)]
    [InlineData(99)]
    public void A_kernel_of_a_known_major_version_is_answered_in_ours(uint minor)
    {
        (SafeFileHandle end, CuseServer server, byte[] reply) = KernelSide.Begin(new TestFile(), KernelSide.Init(7, minor));
        using (end)
        using (server)
        {
            var answer = new Answer(reply);
            Assert.Equal((0, 2ul), (answer.Error, answer.Unique));
            Assert.Equal((7u, 31u), (answer.U32(0), answer.U32(4)));
            Assert.Equal(1u, answer.U32(12)); // unrestricted ioctls
            Assert.Equal((0x10000u, 0x10000u), (answer.U32(16), answer.U32(20)));
        }
    }

    [Theory]
    [InlineData(6, 41)]
    [InlineData(8, 0)]
    [InlineData(7, 10)]
    public void Another_version_is_refused_in_one_line(uint major, uint minor)
    {
        var refused = Assert.Throws<IOException>(() => KernelSide.Begin(new TestFile(), KernelSide.Init(major, minor)));
        Assert.Equal($"The kernel's CUSE speaks {major}.{minor}; 7.11 or later is needed.", refused.Message);
    }

    [Fact]
    public void What_is_no_beginning_is_refused()
    {
        byte[] whole = KernelSide.Init(7, 41);
        byte[] lies = [.. whole];
        lies[0]--;
        foreach (byte[] first in new[] { whole[..1], whole[..39], whole[..40], whole[..55], lies, KernelSide.Request(14, 2, 0, new byte[16]) })
            Assert.Throws<IOException>(() => KernelSide.Begin(new TestFile(), first));
    }

    [Fact]
    public void A_kernel_that_hangs_up_at_once_is_refused()
    {
        (SafeFileHandle ours, SafeFileHandle servers) = SocketPair.Make();
        ours.Dispose();
        Assert.Throws<IOException>(() => new CuseServer("t0", new TestFile(), servers, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance));
        Assert.True(servers.IsClosed);
    }

    [Fact]
    public void Beginning_and_ending_leaves_no_descriptors()
    {
        int Held() => Directory.GetFiles("/proc/self/fd").Length;
        using (KernelSide.Of(new TestFile()))
        {
            // What the runtime opens once.
        }
        int before = Held();
        for (int i = 0; i < 20; i++)
        {
            using (KernelSide.Of(new TestFile()))
            {
            }
            Assert.Throws<IOException>(() => KernelSide.Begin(new TestFile(), KernelSide.Init(6, 0)));
        }
        Assert.InRange(Held(), 0, before + 2);
    }
}
