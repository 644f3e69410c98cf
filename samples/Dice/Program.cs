return MdevProgram.Run(args, new DiceParent());

[MdevParent("dice", Capacity = 4)]
public sealed partial class DiceParent : MdevParent<Dice, int>
{
    [MdevType("d6", "Six sides")] public static int Six => 6;
    [MdevType("d20", "Twenty sides", Cost = 2)] public static int Twenty => 20;
}

[PciDevice(0x1234, 0x00d6, Class = 0x0b_40_00)]
public sealed partial class Dice : PciDevice
{
    public Dice(int sides) => Registers = new DiceRegisters(sides, Irq);

    [Bar(0, BarKind.Memory32)] public DiceRegisters Registers { get; }
    [IntX, Msi] public InterruptLine Irq { get; } = new();

    [MdevAttribute] public bool Loaded { get => Registers.Loaded; set => Registers.Loaded = value; }
}

[RegisterBlock(16)]
public sealed partial class DiceRegisters(int sides, InterruptLine irq)
{
    public bool Loaded { get; set; }

    [OnRead(0x0)] private uint Sides() => (uint)sides;
    [Register(0x4, Mask = 0)] public partial uint Face { get; set; }
    [Register(0x8)] public partial uint Throws { get; set; }

    [OnWrite(0xc)]
    private void Throw(uint times)
    {
        Face = (uint)(Loaded ? sides : Random.Shared.Next(1, sides + 1));
        Throws += times;
        irq.Pulse();
    }
}
