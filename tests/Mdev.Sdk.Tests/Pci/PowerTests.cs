using Mdev.Sdk.Pci;

namespace Mdev.Sdk.Tests.Pci;

public sealed class PowerTests
{
    // The capability lies at 0x40, its control register at 0x44.
    private static ScratchDevice Device(PowerManagementAttribute power) => new(more: (pci, _) => pci.PowerManagement(power));

    [Fact]
    public void D3hot_and_back_resets_the_device_and_tells_its_code()
    {
        using ScratchDevice device = Device(new PowerManagementAttribute());
        device.Write(0, 0, 0x55);
        device.WriteConfig(0x44, 0x03);
        Assert.Equal([0x03], device.Config(0x44, 1));
        Assert.Equal(PciPowerState.D3Hot, device.PowerState);
        Assert.Equal([0x55], device.Read(0, 0, 1));
        device.WriteConfig(0x44, 0x00);
        Assert.Equal([0x00], device.Config(0x44, 1));
        Assert.Equal([0x00], device.Read(0, 0, 1));
        Assert.Equal([PciPowerState.D3Hot, PciPowerState.D0], device.PowerStates);
    }

    [Fact]
    public void With_no_soft_reset_the_device_keeps_its_state()
    {
        using ScratchDevice device = Device(new PowerManagementAttribute { NoSoftReset = true });
        device.Write(0, 0, 0x55);
        device.WriteConfig(0x44, 0x0b, 0x00, 0x00, 0x00);
        device.WriteConfig(0x44, 0x00);
        Assert.Equal([0x08], device.Config(0x44, 1));
        Assert.Equal([0x55], device.Read(0, 0, 1));
    }

    [Fact]
    public void D1_and_D2_are_not_there()
    {
        using ScratchDevice device = Device(new PowerManagementAttribute());
        device.WriteConfig(0x44, 0x01);
        device.WriteConfig(0x44, 0x02);
        Assert.Equal([0x00], device.Config(0x44, 1));
        Assert.Empty(device.PowerStates);
    }

    [Fact]
    public void Reset_ends_D3hot()
    {
        using ScratchDevice device = Device(new PowerManagementAttribute());
        device.WriteConfig(0x44, 0x03);
        device.Reset();
        Assert.Equal(PciPowerState.D0, device.PowerState);
        Assert.Equal([0x00], device.Config(0x44, 1));
    }

    [Fact]
    public void Code_that_throws_at_a_change_is_counted_and_the_state_changes()
    {
        using ScratchDevice device = Device(new PowerManagementAttribute());
        device.OnPower = _ => throw new InvalidOperationException("asleep");
        device.WriteConfig(0x44, 0x03);
        Assert.Equal(1, device.Counters.Faults);
        Assert.Equal([0x03], device.Config(0x44, 1));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Initiate_FLR_resets_the_device_if_it_is_declared(bool capable)
    {
        using var device = new ScratchDevice(more: (pci, _) => pci.PciExpress(new PciExpressAttribute { FunctionLevelReset = capable }));
        device.WriteConfig(0x10, 0x00, 0xc0);
        device.Write(0, 0, 0x55);
        Assert.Equal(capable ? 0x10 : 0x00, device.Config(0x47, 1)[0] & 0x10);

        device.WriteConfig(0x48, 0x00);
        Assert.Equal([0x55], device.Read(0, 0, 1));
        device.WriteConfig(0x48, 0x10, 0xa8);
        Assert.Equal([capable ? (byte)0x00 : (byte)0x55], device.Read(0, 0, 1));
        Assert.Equal(capable ? [0x01, 0x00] : new byte[] { 0x01, 0xc0 }, device.Config(0x10, 2));
        Assert.Equal([0x10, 0x28], device.Config(0x48, 2));
    }
}
