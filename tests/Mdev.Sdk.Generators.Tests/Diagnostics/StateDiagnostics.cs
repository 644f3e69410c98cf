using Mdev.Sdk.Generators.Tests.Harness;

namespace Mdev.Sdk.Generators.Tests.Diagnostics;

public sealed class StateDiagnostics
{
    [Fact]
    public Task MDEV601_a_saved_member_has_a_form_as_bytes() => Diagnose.Expect("""
        [RegisterBlock(4)] public sealed partial class Block
        {
            [Saved] private object? {|MDEV601:_object|};
            [Saved] private int[,]? {|MDEV601:_table|};
            [Saved] private int? {|MDEV601:_perhaps|};
            [Saved] private decimal {|MDEV601:_decimal|};
            [Saved] private List<int> {|MDEV601:_list|} = [];
        }
        """);

    [Fact]
    public Task MDEV601_and_can_be_assigned_and_belongs_to_a_device() => Diagnose.Expect("""
        [RegisterBlock(4)] public sealed partial class Block
        {
            [Saved] private readonly int {|MDEV601:_constant|} = 1;
            [Saved] private static int {|MDEV601:s_shared|};
            [Saved] public int {|MDEV601:Once|} { get; init; }
            [Saved] public int {|MDEV601:Computed|} => 1;
            [Saved, Register(0)] public partial uint {|MDEV601:Control|} { get; set; }
            public int Use() => s_shared;
        }
        public sealed class Stray { [Saved] public int {|MDEV601:Count|} { get; set; } }
        """);

    [Fact]
    public Task MDEV601_what_can_be_saved_is() => Diagnose.Expect("""
        public enum Mode : short { Off }
        [BitFields(AccessWidth.Word)] public partial struct Fields { [Bits(0)] public partial bool On { readonly get; set; } }
        [RegisterBlock(4)] public sealed partial class Block
        {
            [Saved] public bool Bool; [Saved] public char Char; [Saved] public sbyte SByte; [Saved] public long Long;
            [Saved] public float Float; [Saved] public double Double; [Saved] public Mode Mode { get; private set; }
            [Saved] public Fields Fields; [Saved] public Guid Guid; [Saved] public string Text = ""; [Saved] public string? Note;
            [Saved] public readonly Fields[] Fixed = new Fields[3]; [Saved] public string?[]? Texts; [Saved] public Guid[] Guids { get; } = [];
            [Saved] public bool[] @event = []; [Saved] public int next, reader, writer, length, elements, element;
        }
        [PciDevice(1, 2)] public sealed partial class Card : PciDevice { [Saved] private int _count; public int Next() => _count++; }
        """);

    [Fact]
    public Task MDEV602_what_may_change_says_whether_it_is_saved() => Diagnose.Expect("""
        [RegisterBlock(4)] public sealed partial class Block
        {
            [Saved] public int Count;
            public int {|MDEV602:First|}, Second;
            public object? {|MDEV602:Handle|};
            public readonly byte[] {|MDEV602:Bytes|} = new byte[4];
            public bool {|MDEV602:Stopped|} { get; set; }
            [NotSaved] public bool Known { get; set; }
            public readonly object Timer = new();
            public const int Size = 4;
            public static int Shared;
            [Register(0)] public partial uint Control { get; set; }
        }
        """);

    [Fact]
    public Task MDEV602_in_a_class_that_saves_nothing_nobody_asks() => Diagnose.Expect("""
        [RegisterBlock(4)] public sealed partial class Block { public int Count; public bool Stopped { get; set; } }
        """);

    [Fact]
    public Task MDEV601_and_MDEV602_hold_for_a_device_that_is_not_PCI() => Diagnose.Expect("""
        [VfioDevice(DeviceApi.Platform)] public sealed partial class Timer : VfioDevice
        {
            [Saved] private int _count;
            [Saved] private object? {|MDEV601:_handle|};
            [Saved, Irq(0)] public InterruptLine {|MDEV601:Line|} { get; } = new();
            private long {|MDEV602:_ticks|};
            [Irq(1)] public InterruptLine Other { get; set; } = new();
            public long Next() => ++_count + _ticks;
        }
        """);
}
