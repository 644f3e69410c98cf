namespace Attributes;

public enum Mode
{
    Slow,
    Fast,
}

/// <summary>Attributes of a type.</summary>
public sealed partial record Config([property: MdevAttribute] int Ports)
{
    [MdevAttribute("vendor/note")] public string Note { get; init; } = "";
}

// An inheritable class has what a class below can add to.
public abstract partial class Family : VfioDevice
{
    [MdevAttribute] protected abstract string Serial { get; }
}

[VfioDevice(DeviceApi.Ap)]
public sealed partial class Queue(Config config) : Family
{
    private readonly HashSet<byte> _adapters = [];

    public Config Config { get; } = config;

    protected override string Serial => "1";

    [MdevAttribute] private bool Muted { get; set; }
    [MdevAttribute] private Mode Mode { get; set; }
    [MdevAttribute] private Guid Owner { get; set; }
    [MdevAttribute] private int @int { get; set; }
    [MdevAttribute("lines")] private IReadOnlyList<string> Lines { get; set; } = [];
    [MdevAttribute] private string? Note { set { } }
    [MdevAttribute] private static ulong Total() => 1;
    [MdevAttribute(Undo = "unassign_adapter")] private void AssignAdapter(byte adapter) => _adapters.Add(adapter);
    [MdevAttribute(Undo = "assign_adapter")] private void UnassignAdapter(byte adapter) => _adapters.Remove(adapter);
    [MdevAttribute("matrix")] private IEnumerable<string> ShowMatrix() => [];
}

// A class that can have none below has all in one.
[PciDevice(1, 2)]
public sealed partial class Card : PciDevice
{
    [MdevAttribute] public int Speed { get; set; }
}

// A generic base, nothing to be written, a group.
public partial class Base<T> : VfioDevice
{
    [MdevAttribute("vendor/kind")] public string Kind => typeof(T).Name;
}

/// <summary>Budgets, limits, costs.</summary>
[MdevParent("queue", MaxInstances = 8, OneTypeAtATime = true)]
[MdevBudget("memory", 16384), MdevBudget("engines", 8)]
public sealed partial class Parent : MdevParent<Queue, Config>
{
    [MdevAttribute] private int Temperature => 40;

    [MdevType("1", "One", Description = "one port\nno more"), MdevCost("memory", 4096), MdevCost("engines", 1)]
    public static Config One { get; } = new(1);

    [MdevType("2", "Two", Cost = 2)] public static Config Two { get; } = new(2);
}

/// <summary>What counts its instances itself has no capacity but its own.</summary>
[MdevParent("counting")]
public sealed partial class Counting : MdevParent<Card, Config>
{
    protected override long? CountAvailable(MdevType type) => 3;

    [MdevType("1", "One")] public static Config One { get; } = new(1);
}
