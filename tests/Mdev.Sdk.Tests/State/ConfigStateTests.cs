using Mdev.Sdk.Device;
using Mdev.Sdk.Interrupts;
using Mdev.Sdk.Pci;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mdev.Sdk.Tests.State;

public sealed class ConfigStateTests
{
    [Fact]
    public void The_whole_of_a_PCI_Express_devices_config_space_comes_back()
    {
        using ScratchDevice one = Express(1), other = Express(1), another = Express(2);
        one.WriteConfig(0x10, 0xff, 0xff, 0xff, 0xff);
        one.WriteConfig(0x50, 0x5f);
        Assert.True(one.Poke(PciDevice.ConfigRegion, 0xf00, [0x12]));
        byte[] state = SavedForm.Save(one);
        SavedForm.Load(other, state);
        Assert.Equal(one.Config(0, 4096), other.Config(0, 4096));
        Assert.Equal(0x12, other.Config(0xf00, 1)[0]);
        Assert.Contains("another device", SavedForm.Refused(another, state), StringComparison.Ordinal);

        using var conventional = new ScratchDevice();
        Assert.Contains("another device", SavedForm.Refused(conventional, state), StringComparison.Ordinal);

        static ScratchDevice Express(ulong serial) => new(more: (pci, _) => pci
            .PowerManagement(new PowerManagementAttribute()).PciExpress(new PciExpressAttribute()).SerialNumber(serial));
    }

    [Fact]
    public void The_power_state_comes_back_without_anybody_being_told()
    {
        using ScratchDevice one = Power(), other = Power();
        byte[] awake = SavedForm.Save(one);
        one.WriteConfig(0x44, 0x03);
        byte[] asleep = SavedForm.Save(one);

        SavedForm.Load(other, asleep);
        Assert.Equal((PciPowerState.D3Hot, 3), (other.PowerState, other.Config(0x44, 1)[0]));
        Assert.Empty(other.PowerStates);
        other.Write(0, 0, 0x55);
        other.WriteConfig(0x44, 0x00);
        Assert.Equal([PciPowerState.D0], other.PowerStates);
        Assert.Equal([0x00], other.Read(0, 0, 1));

        SavedForm.Load(other, asleep);
        SavedForm.Load(other, awake);
        Assert.Equal((PciPowerState.D0, 0), (other.PowerState, other.Config(0x44, 1)[0]));
        Assert.Equal([PciPowerState.D0], other.PowerStates);

        static ScratchDevice Power() => new(more: (pci, _) => pci.PowerManagement(new PowerManagementAttribute()));
    }

    [Fact]
    public void A_power_state_that_is_not_there_is_refused()
    {
        using var device = new ScratchDevice(more: (pci, _) => pci.PowerManagement(new PowerManagementAttribute()));
        byte[] awake = SavedForm.Save(device);
        device.WriteConfig(0x44, 0x03);
        byte[] asleep = SavedForm.Save(device);
        int values = SavedForm.Difference(awake, asleep), state = values + 256 - 0x44;
        Assert.Equal((0, 3), (awake[state], asleep[state]));
        Assert.Contains("power state", SavedForm.Refused(device, SavedForm.With(asleep, state, 2)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_device_code_has_stored_over_a_constant_is_state_of_the_same_device()
    {
        using ScratchDevice one = new(), other = new();
        Assert.True(one.Poke(PciDevice.ConfigRegion, 0x07, [0x40]));
        SavedForm.Load(other, SavedForm.Save(one));
        Assert.Equal([0x40], other.Config(0x07, 1));
    }

    [Fact]
    public void A_device_that_is_not_PCI_keeps_its_memory_and_the_lines_that_it_holds()
    {
        using Plain one = new(), other = new();
        one.Held.Assert();
        one.Ram.At<byte>(5) = 6;
        byte[] state = SavedForm.Save(one);
        SavedForm.Load(other, state);
        Assert.Equal((true, false, 6), (other.Held.IsHigh, other.Free.IsHigh, other.Ram.At<byte>(5)));
        for (int length = 0; length < state.Length - 8; length += 3)
            SavedForm.Refused(other, SavedForm.Cut(state, length));
    }

    private sealed class Plain : VfioDevice
    {
        public Plain() => Realize(Guid.NewGuid(), NullLogger.Instance);

        public InterruptLine Held { get; } = new();

        public InterruptLine Free { get; } = new();

        public MemoryRegion Ram { get; } = new(0x30);

        protected override void Declare(VfioDeclaration vfio) => vfio.Api(DeviceApi.Platform)
            .Region(Ram, new RegionAttribute(1) { Mapped = false })
            .Irq(Held, new IrqAttribute(0, IrqKind.Level)).Irq(Free, new IrqAttribute(1));
    }
}
