using System.Runtime.InteropServices;
using Mdev.Bridge.Tests.Protocol;
using Mdev.Sdk;
using Mdev.Sdk.Bridge.Devices;
using Mdev.Sdk.Bridge.Files;
using Mdev.Sdk.Bridge.Fuse;
using Mdev.Sdk.Interop;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Bridge.Tests;

/// <summary>How a kernel divides what callers ask for.</summary>
public sealed unsafe class AccessTests : IDisposable
{
    private const int Most = 0x10000, Page = 0x1000;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("a");
    private readonly PlainDevice _device = PlainDevice.Make();
    private readonly FuseServer _server;
    private readonly SafeFileHandle _region;
    private readonly byte* _memory = (byte*)NativeMemory.AlignedAlloc((2 * Most) + Page, Page);

    public AccessTests()
    {
        _server = FuseServer.Mount(_directory.FullName, DeviceFolder.Of(_device, new CallGuard()), NullLogger.Instance);
        _region = File.OpenHandle(Path.Combine(_directory.FullName, "regions/0"), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
    }

    private long Reads => _device.Counters.RegionReads[0];

    private long Writes => _device.Counters.RegionWrites[0];

    public void Dispose()
    {
        _region.Dispose();
        _server.Dispose();
        _device.Dispose();
        _directory.Delete();
        NativeMemory.AlignedFree(_memory);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    [InlineData(4095)]
    public void What_has_64_KiB_is_one_access_wherever_its_bytes_are(int offset)
    {
        long reads = Reads, writes = Writes;
        new Span<byte>(_memory + offset, Most).Fill(0x5a);
        Assert.Equal(Most, Libc.write((int)_region.DangerousGetHandle(), _memory + offset, Most));
        Libc.lseek((int)_region.DangerousGetHandle(), 0, 0);
        new Span<byte>(_memory + offset, Most).Clear();
        Assert.Equal(Most, Libc.read((int)_region.DangerousGetHandle(), _memory + offset, Most));
        Assert.Equal(-1, new Span<byte>(_memory + offset, Most).IndexOfAnyExcept((byte)0x5a));
        Assert.Equal((1L, 1L), (Reads - reads, Writes - writes));
    }

    [Fact]
    public void What_is_longer_is_several_and_comes_whole()
    {
        long reads = Reads;
        Assert.Equal(2 * Most, Libc.read((int)_region.DangerousGetHandle(), _memory, 2 * Most));
        Assert.Equal(2L, Reads - reads);
        Assert.Equal(0, Libc.read((int)_region.DangerousGetHandle(), _memory, 1));
    }
}
