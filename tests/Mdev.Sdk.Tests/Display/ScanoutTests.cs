using Mdev.Sdk.Device;
using Mdev.Sdk.Display;

namespace Mdev.Sdk.Tests.Display;

public sealed class ScanoutTests
{
    private const int MiB = 1 << 20;

    [Theory]
    [InlineData(0, 512, 512, 2048)]
    [InlineData(MiB - 4, 1, 1, 4)]
    [InlineData(4096, 1, 256, 4096 - 16)]
    [InlineData(0, 1, 2, MiB - 4)]
    public void A_picture_that_lies_in_the_memory_is_one(long offset, int width, int height, long stride) =>
        Assert.True(new Scanout(new MemoryRegion(MiB), offset, width, height, stride).IsOn);

    [Theory]
    [InlineData(4, 512, 512, 2048)]
    [InlineData(MiB - 3, 1, 1, 4)]
    [InlineData(-4, 1, 1, 4)]
    [InlineData(long.MinValue, 1, 1, 4)]
    [InlineData(long.MaxValue, 1, 1, 4)]
    [InlineData(0, 1, 2, MiB)]
    [InlineData(0, 1, 16384, long.MaxValue)]
    [InlineData(0, 2, 1, 7)]
    [InlineData(0, 1, 1, -4)]
    [InlineData(0, 1, 1, long.MinValue)]
    [InlineData(0, 0, 1, 4)]
    [InlineData(0, 1, 0, 4)]
    [InlineData(0, -1, -1, 4)]
    [InlineData(0, 16385, 1, 65540)]
    [InlineData(0, int.MaxValue, int.MaxValue, long.MaxValue)]
    public void One_that_does_not_is_none_and_says_why(long offset, int width, int height, long stride)
    {
        var scanout = new Scanout(new MemoryRegion(MiB), offset, width, height, stride);
        Assert.False(scanout.IsOn);
        Assert.NotEmpty(scanout.Mistaken!);
    }

    [Fact]
    public void A_screen_that_is_off_is_no_mistake()
    {
        Assert.Equal((false, null), (Scanout.Off.IsOn, Scanout.Off.Mistaken));
        Assert.Equal((false, "no clock"), (Scanout.Invalid("no clock").IsOn, Scanout.Invalid("no clock").Mistaken));
    }

    [Fact]
    public void Pixels_of_the_devices_own_lie_without_gaps()
    {
        byte[] pixels = new byte[6 * 4 * 2];
        Assert.True(new Scanout(pixels, 6, 4, PixelFormat.Rgb565).IsOn);
        Assert.False(new Scanout(pixels, 6, 5, PixelFormat.Rgb565).IsOn);
        Assert.False(new Scanout(pixels, 6, 4).IsOn);
    }
}
