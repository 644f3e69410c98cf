namespace Mdev.Hosting.Tests;

/// <summary>What the lamps are fed from: a service that the container gives to their parent.</summary>
public sealed class Supply
{
    public uint Volts { get; set; } = 230;

    /// <summary>While it is reset, whoever writes the register WAIT waits: a handler that does not return.</summary>
    public ManualResetEventSlim Open { get; } = new(initialState: true);
}

/// <summary>Cards with a lamp: the smallest device that needs something of its program.</summary>
[MdevParent("lamp", Capacity = 8)]
public sealed partial class LampParent(Supply supply) : MdevParent<LampDevice, uint>
{
    [MdevType("1", "One lamp")] public static uint One => 1;
    [MdevType("2", "Two lamps", Cost = 2)] public static uint Two => 2;

    public Supply Supply => supply;
}

[PciDevice(0x1234, 0x1a37, Class = 0xff_00_00)]
public sealed partial class LampDevice(uint lamps, LampParent parent) : PciDevice
{
    [Bar(0, BarKind.Memory32)] public LampRegisters Registers { get; } = new(lamps, parent.Supply);

    [MdevAttribute] public uint Light { get => Registers.Light; set => Registers.Light = value; }
}

[RegisterBlock(16)]
public sealed partial class LampRegisters(uint lamps, Supply supply)
{
    [Register(0x0)] public partial uint Light { get; set; }

    [OnRead(0x4)] private uint Volts() => supply.Volts;
    [OnRead(0x8)] private uint Lamps() => lamps;
    // What the SDK warns of, on purpose: the guest's processor stands still meanwhile.
#pragma warning disable MDEV406
    [OnWrite(0xc)] private void Wait(uint value) => supply.Open.Wait();
#pragma warning restore MDEV406
}
