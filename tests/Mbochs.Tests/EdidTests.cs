using System.Text;
using Mdev.Sdk.Display;
using Mdev.Sdk.Testing;

namespace Mbochs.Tests;

/// <summary>What drivers learn of the monitor: from the options, from an attribute, from the client's own region.</summary>
public sealed class EdidTests
{
    private const uint Mmio = 2, EdidRegion = 9;
    private const uint SizeRegister = 0x08, MaxWidthRegister = 0x0c, LinkRegister = 0x14, Blob = 0x800;

    [Fact]
    public void The_region_says_what_it_is_and_has_the_kernels_registers()
    {
        using DisplayProcess display = DisplayProcess.OfType("mbochs-small");
        using VfioUserClient client = display.Connect();
        Assert.Equal(10u, client.GetDeviceInfo().Regions);
        VfioRegionInfo region = client.GetRegionInfo(EdidRegion);
        Assert.Equal((0x1000ul, (1u, 1u)), (region.Size, region.Type!.Value));

        // Source: mdev-kernel, appendix A: "EDID regs 800,400,0,320,258,0".
        Assert.Equal([0x800u, 0x400, 0, 800, 600, 0], Enumerable.Range(0, 6).Select(i => Read32(client, EdidRegion, (uint)(4 * i))));
    }

    [Fact]
    public void What_the_client_says_of_its_monitor_drivers_read_while_the_link_is_up()
    {
        using DisplayProcess display = DisplayProcess.OfType("mbochs-small");
        using VfioUserClient client = display.Connect();
        byte[] edid = [.. Enumerable.Range(0, 0x80).Select(i => (byte)(i + 1))];
        client.WriteRegion(EdidRegion, Blob, edid);
        Write32(client, EdidRegion, SizeRegister, 0x80);
        Assert.Equal(0u, Read32(client, Mmio, 0));

        Write32(client, EdidRegion, LinkRegister, 1);
        Assert.Equal(edid, client.ReadRegion(Mmio, 0, 0x80));
        Assert.Equal([0x04], client.ReadRegion(Mmio, 3, 1));
        Assert.Equal(0u, Read32(client, Mmio, 0x80));

        // A size beyond the room reads no further than that.
        Write32(client, EdidRegion, SizeRegister, uint.MaxValue);
        Assert.Equal([0x01], client.ReadRegion(Mmio, 0, 1));
        Assert.Equal(0u, Read32(client, Mmio, 0x3fc));

        Write32(client, EdidRegion, LinkRegister, 2);
        Assert.Equal(0u, Read32(client, Mmio, 0));
    }

    [Fact]
    public void Registers_of_the_region_are_accessed_whole()
    {
        using DisplayProcess display = DisplayProcess.OfType("mbochs-medium");
        using VfioUserClient client = display.Connect();
        client.WriteRegion(EdidRegion, LinkRegister, [1]);
        client.WriteRegion(EdidRegion, MaxWidthRegister, [9, 9, 9, 9]);
        Assert.Equal((0u, 1920u), (Read32(client, EdidRegion, LinkRegister), Read32(client, EdidRegion, MaxWidthRegister)));
    }

    [Theory]
    [InlineData("mbochs-small", "640x480")]
    [InlineData("mbochs-medium", "1920x1080")]
    [InlineData("mbochs-large", "4095x4095")]
    public void A_configured_resolution_is_a_monitor_that_is_connected(string type, string resolution)
    {
        using DisplayProcess display = DisplayProcess.StartReady("Mbochs", "--type", type, "--resolution", resolution);
        using VfioUserClient client = display.Connect();
        AssertMonitor(client.ReadRegion(Mmio, 0, 128), resolution);

        // The monitor stays plugged in while the machine is reset.
        client.Reset();
        AssertMonitor(client.ReadRegion(Mmio, 0, 128), resolution);
    }

    [Theory]
    [InlineData("mbochs-small", "1024x768", 1, "This type's monitors have at most 800x600, not 1024x768.")]
    [InlineData("mbochs-large", "63x768", 2, "'63x768' is no resolution such as 1024x768, 64 to 4095 each way.")]
    [InlineData("mbochs-large", "1024x4096", 2, "'1024x4096' is no resolution")]
    [InlineData("mbochs-large", "big", 2, "'big' is no resolution")]
    public void A_resolution_that_cannot_be_is_refused(string type, string resolution, int status, string why)
    {
        using DisplayProcess display = DisplayProcess.Start("Mbochs", "--type", type, "--resolution", resolution);
        Assert.Equal(status, display.WaitForExit());
        Assert.Contains(why, Assert.Single(display.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void An_EDID_says_the_monitors_name_and_its_sums_are_right()
    {
        byte[] edid = Edid.Of(1280, 800, "A name that is long");
        Assert.Equal("A name that i", Encoding.ASCII.GetString(edid, 72 + 5, 13));
        Assert.Equal(0, edid.Sum(b => b) % 256);

        // 1280x800 by reduced blanking at 60 Hz: 71.00 MHz, 1440 by 823. Source: VESA and Industry Standards and Guidelines for Computer
        // Display Monitor Timing, 1280 x 800 @ 60 Hz, reduced blanking.
        Assert.Equal(1440, edid[56] + ((edid[58] >> 4) << 8) + edid[57] + ((edid[58] & 0xf) << 8));
        Assert.Equal(823, edid[59] + ((edid[61] >> 4) << 8) + edid[60] + ((edid[61] & 0xf) << 8));
        Assert.InRange(edid[54] | edid[55] << 8, 7090, 7115);
    }

    private static void AssertMonitor(byte[] edid, string resolution)
    {
        Assert.Equal([0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x00], edid[..8]);
        Assert.Equal(0, edid.Sum(b => b) % 256);
        (int width, int height) = (edid[56] | (edid[58] >> 4) << 8, edid[59] | (edid[61] >> 4) << 8);
        Assert.Equal(resolution, $"{width}x{height}");
    }

    private static uint Read32(VfioUserClient client, uint region, uint offset) =>
        BitConverter.ToUInt32(client.ReadRegion(region, offset, 4));

    private static void Write32(VfioUserClient client, uint region, uint offset, uint value) =>
        client.WriteRegion(region, offset, BitConverter.GetBytes(value));
}
