public static partial class Outer<T>
{
    public partial interface IMiddle
    {
        [RegisterBlock(4, Bus = AccessWidth.Qword)]
        public sealed partial class @event
        {
            /// <summary>A keyword for a name, in the global namespace.</summary>
            [Register(0)] public partial byte @switch { get; set; }

            [OnWrite(nameof(@switch))] private void @if(byte @else) { }

            // Names that dispatch has for itself.
            [Register(1, When = nameof(enabled))] public partial byte value { get; set; }
            private static bool enabled => true;
            [OnRead(2, Name = "two\nlines \"quoted\"")] private static byte Named() => 2;
            [OnRead(nameof(value))] private static byte lane(byte offset) => offset;
        }
    }
}

[RegisterBlock(4)]
public sealed partial class Empty;

public abstract class BusDevice : PciDevice
{
    [Bar(0, BarKind.Memory32)] public Empty Registers { get; } = new();
}

[PciDevice(1, 2)]
public sealed partial class Bare : BusDevice;

public sealed record Config;

// The longest constructor that the parent can call, by base types too; and a parent that says something itself.
[PciDevice(1, 2)]
public sealed partial class Card : PciDevice
{
    public Card() { }
    internal Card(MdevParent parent, Config config) => (Parent, Config) = (parent, config);
    private Card(Config config, Config other, CardParent parent) : this(parent, config ?? other) { }

    public MdevParent? Parent { get; }
    public Config? Config { get; }
    public Card Clone() => new(Config!, Config!, (CardParent)Parent!);
}

[MdevParent("card")]
public sealed partial class CardParent : MdevParent<Card, Config>
{
    public override long Capacity => Environment.ProcessorCount;
}
