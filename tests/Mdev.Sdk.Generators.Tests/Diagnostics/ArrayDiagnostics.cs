using Mdev.Sdk.Generators.Tests.Harness;

namespace Mdev.Sdk.Generators.Tests.Diagnostics;

/// <summary>Arrays, inner blocks, ways of access, derived interrupts.</summary>
public sealed class ArrayDiagnostics
{
    private const string Channel =
        "[RegisterBlock(0x10)] public sealed partial class Channel { [Register(0)] public partial uint Source { get; set; } }\n";

    [Fact]
    public Task MDEV208_a_stride_holds_a_register_and_keeps_to_its_width() => Diagnose.Expect("""
        [RegisterBlock(0x100)] public sealed partial class Block
        {
            [RegisterArray(0x00, 4, {|MDEV208:Stride = 2|})] public partial RegisterArray<uint> Narrow { get; }
            [RegisterArray(0x40, 4, {|MDEV208:Stride = 7|})] public partial RegisterArray<ushort> Odd { get; }
            [RegisterArray({|MDEV208:0x81|}, 4)] public partial RegisterArray<ushort> Astray { get; }
            [RegisterArray({|MDEV208:0xa0|}, 4)] public partial RegisterArray<ulong> Wide { get; }
            [RegisterArray(0xe0, {|MDEV208:0|})] public partial RegisterArray<uint> None { get; }
        }
        """);

    [Fact]
    public Task MDEV208_an_array_has_the_type_that_the_generator_makes() => Diagnose.Expect("""
        [RegisterBlock(0x100)] public sealed partial class Block
        {
            [RegisterArray(0x00, 4)] public partial uint {|MDEV208:Single|} { get; }
            [RegisterArray(0x40, 4)] public partial RegisterArray<uint> {|MDEV208:Settable|} { get; set; }
            [RegisterArray(0x80, 4)] public partial RegisterArray<float> {|MDEV208:Real|} { get; }
        }
        """);

    [Fact]
    public Task MDEV203_an_array_and_an_inner_block_end_within_the_block() => Diagnose.Expect(Channel + """
        [RegisterBlock(0x40)] public sealed partial class Block
        {
            [RegisterArray({|MDEV203:0x00|}, 17)] public partial RegisterArray<uint> Long { get; }
        }

        [RegisterBlock(0x40)] public sealed partial class Other
        {
            [Block({|MDEV203:0x20|}, Count = 3)] public Channel[] Channels { get; } = [];
        }
        """);

    [Fact]
    public Task MDEV211_a_bit_has_one_way_of_reading_and_one_of_writing() => Diagnose.Expect("""
        [BitFields(AccessWidth.Byte)] public partial struct Fields
        {
            [Bits(0, {|MDEV211:Access = Access.R | Access.RC | Access.RS|})] public partial bool Both { readonly get; set; }
        }

        [RegisterBlock(0x40)] public sealed partial class Block
        {
            [Register(0x00, {|MDEV211:Access = Access.RW | Access.W1C|})] public partial uint Two { get; set; }
            [Register(0x04, {|MDEV211:Access = Access.W | Access.RC|})] public partial uint Unseen { get; set; }
            [Register(0x08, {|MDEV211:Access = Access.RW1C | Access.Once|})] public partial uint Once { get; set; }
            [Register(0x0c, {|MDEV211:Access = Access.RW1C | Access.SelfClearing|})] public partial uint Self { get; set; }
            [Register(0x10), Alias(0x14, {|MDEV211:Access = Access.W1C | Access.W1S|})] public partial uint Other { get; set; }
        }
        """);

    [Fact]
    public Task MDEV210_a_bank_is_a_value_that_the_member_can_have() => Diagnose.Expect("""
        public enum Bank : byte { First, Second }
        [RegisterBlock(0x40)] public sealed partial class Block
        {
            public byte Page { get; set; }
            public Bank Bank { get; set; }
            [Register(0, When = nameof(Page), {|MDEV210:Is = 300|})] public partial uint Never { get; set; }
            [Register(4, When = nameof(Page), {|MDEV210:Is = "1"|})] public partial uint Text { get; set; }
            [Register(8, When = nameof(Bank), Is = 1)] public partial uint ByNumber { get; set; }
            [Register(8, When = nameof(Bank), Is = Bank.First)] public partial uint ByName { get; set; }
        }
        """);

    [Fact]
    public Task MDEV213_an_alias_and_a_status_are_those_of_a_register() => Diagnose.Expect("""
        [RegisterBlock(0x40)] public sealed partial class Block(InterruptLine irq)
        {
            [{|MDEV213:Alias(0x20)|}] public uint Number { get; set; }
            [RegisterArray(0, 4), {|MDEV213:InterruptStatus(nameof(irq))|}] public partial RegisterArray<uint> Table { get; }
            [{|MDEV213:InterruptStatus(nameof(irq))|}] public uint Status { get; set; }
        }
        """);

    [Fact]
    public Task Registers_of_one_offset_and_two_directions_and_a_lock_by_alias_are_no_mistake() => Diagnose.Expect("""
        [RegisterBlock(0x40)] public sealed partial class Block
        {
            [Register(0, Access = Access.RO)] public partial byte Received { get; set; }
            [Register(0, Access = Access.WO)] public partial byte Sent { get; set; }
            [Register(4, Access = Access.RO)] public partial uint Result { get; set; }
            [Register(4, Access = Access.WO)] public partial uint Operand { get; set; }
            [Register(8), Alias(12, Access = Access.RW | Access.Once)] public partial uint Locked { get; set; }
        }
        """);

    [Fact]
    public Task MDEV220_an_inner_block_is_a_register_block() => Diagnose.Expect("""
        [RegisterBlock(0x40)] public sealed partial class Block
        {
            [Block(0x00)] public uint {|MDEV220:Number|} { get; }
            [Block(0x10)] public string[] {|MDEV220:Texts|} { get; } = [];
        }
        """);

    [Fact]
    public Task MDEV221_an_inner_block_has_the_outer_ones_bus_and_byte_order() => Diagnose.Expect("""
        [RegisterBlock(0x10, Bus = AccessWidth.Byte)] public sealed partial class Bytes { }
        [RegisterBlock(0x10, ByteOrder = ByteOrder.BigEndian)] public sealed partial class Swapped { }
        [RegisterBlock(0x40)] public sealed partial class Block
        {
            [Block(0x00)] public Bytes {|MDEV221:First|} { get; } = new();
            [Block(0x20)] public Swapped {|MDEV221:Second|} { get; } = new();
        }
        """);

    [Fact]
    public Task MDEV222_an_inner_block_lies_at_a_lane() => Diagnose.Expect(Channel + """
        [RegisterBlock(0x100)] public sealed partial class Block
        {
            [Block({|MDEV222:0x02|})] public Channel First { get; } = new();
            [Block(0x40, Count = 2, {|MDEV222:Stride = 0x12|})] public Channel[] Several { get; } = [];
        }
        """);

    [Fact]
    public Task MDEV223_several_inner_blocks_need_an_array() => Diagnose.Expect(Channel + """
        [RegisterBlock(0x100)] public sealed partial class Block
        {
            [Block(0x00, {|MDEV223:Count = 2|})] public Channel Single { get; } = new();
            [Block(0x40, {|MDEV223:Count = 0|})] public Channel[] None { get; } = [];
        }
        """);

    [Fact]
    public Task MDEV225_inner_blocks_have_their_lanes_for_themselves() => Diagnose.Expect(Channel + """
        [RegisterBlock(0x200)] public sealed partial class Block
        {
            public bool On { get; set; }
            [Block({|+MDEV225:0x40|}, Count = 4, Stride = 0x20)] public Channel[] Channels { get; } = [];
            [Register({|MDEV225:0x68|})] public partial uint Within { get; set; }
            [Register(0x70)] public partial uint Gap { get; set; }
            [RegisterArray({|+MDEV225:0x100|}, 8)] public partial RegisterArray<byte> Table { get; }
            [Block({|MDEV225:0x104|}), IndexData(nameof(Index), {|+MDEV225:0x124|})] public Channel Single { get; } = new();
            [Register(0x120)] public partial byte Index { get; set; }
            [Register({|MDEV225:0x126|})] public partial byte Beside { get; set; }
            [Block(0x140, When = nameof(On))] public Channel Hidden { get; } = new();
            [RegisterArray(0x140, 4, Unless = nameof(On))] public partial RegisterArray<uint> Shown { get; }
        }
        """);

    [Fact]
    public Task MDEV308_a_fields_reset_value_fits_it() => Diagnose.Expect("""
        [BitFields(AccessWidth.Byte)] public partial struct Fields
        {
            [Bits(3, 2, {|MDEV308:Reset = 4|})] public partial int Speed { readonly get; set; }
            [Bits(0, Reset = 1)] public partial bool Run { readonly get; set; }
        }
        """);

    [Fact]
    public Task MDEV402_an_arrays_handler_is_told_the_index() => Diagnose.Expect("""
        [RegisterBlock(0x40)] public sealed partial class Block
        {
            [RegisterArray(0, 4)] public partial RegisterArray<uint> Table { get; }
            [OnWrite(nameof(Table))] private void {|MDEV402:Written|}(uint value) { }
            [OnRead(nameof(Table))] private uint Read(int index, uint stored) => stored + (uint)index;
        }
        """);

    [Fact]
    public Task MDEV503_enable_and_mask_are_registers_as_wide_as_the_status() => Diagnose.Expect("""
        [RegisterBlock(0x40)] public sealed partial class Block
        {
            private readonly InterruptLine _line = new();
            [Register(0x00, Access = Access.RW1C), InterruptStatus(nameof(_line), {|MDEV503:Enable = nameof(Narrow)|})] public partial uint Status { get; set; }
            [Register(0x04)] public partial byte Narrow { get; set; }
            [Register(0x08, Access = Access.RW1C), InterruptStatus(nameof(_line), {|MDEV503:Mask = nameof(Number)|})] public partial uint Other { get; set; }
            public uint Number { get; set; }
        }
        """);

    [Fact]
    public Task MDEV207_bits_that_drive_a_line_are_bits_of_the_register() => Diagnose.Expect("""
        [RegisterBlock(8)] public sealed partial class Block(InterruptLine one, InterruptLine other)
        {
            [Register(0x00, Access = Access.RW1C)]
            [InterruptStatus(nameof(one), Bits = 0x1), InterruptStatus(nameof(other), {|MDEV207:Bits = 0x1_0000|})]
            public partial ushort Cause { get; set; }
        }
        """);

    [Fact]
    public Task MDEV508_the_line_is_one_of_the_block() => Diagnose.Expect("""
        [RegisterBlock(0x40)] public sealed partial class Block
        {
            public string Wire { get; } = "";
            [Register(0x00, Access = Access.RW1C), InterruptStatus({|MDEV508:nameof(Wire)|})] public partial uint Status { get; set; }
        }
        """);

    [Fact]
    public Task MDEV102_a_64_bit_BAR_has_the_next_one_for_itself() => Diagnose.Expect(Channel + """
        [PciDevice(1, 2)] public sealed partial class Low : PciDevice
        {
            [Bar({|MDEV102:0|}, BarKind.Memory64)] public Channel First { get; } = new();
            [Bar({|+MDEV102:1|}, BarKind.Memory32)] public Channel Second { get; } = new();
        }

        [PciDevice(1, 2)] public sealed partial class High : PciDevice
        {
            [Bar({|MDEV102:5|}, BarKind.Memory64Prefetchable)] public Channel Last { get; } = new();
        }
        """);

    [Fact]
    public Task MDEV201_arrays_share_no_bytes_with_each_other_or_with_registers() => Diagnose.Expect("""
        [RegisterBlock(0x200)] public sealed partial class Block
        {
            [RegisterArray({|+MDEV201:0x00|}, 4, Stride = 8)] public partial RegisterArray<uint> Even { get; }
            [RegisterArray(0x04, 4, Stride = 8)] public partial RegisterArray<uint> Odd { get; }
            [Register({|MDEV201:0x12|})] public partial byte Within { get; set; }
            [Register(0x20)] public partial uint Behind { get; set; }
            [RegisterArray({|+MDEV201:0x40|}, 16)] public partial RegisterArray<byte> Bytes { get; }
            [RegisterArray({|MDEV201:0x4e|}, 2)] public partial RegisterArray<ushort> Words { get; }
            [RegisterArray(0x80, 4), Alias({|+MDEV201:0xa0|})] public partial RegisterArray<uint> Table { get; }
            [Register({|MDEV201:0xac|})] public partial uint Last { get; set; }
        }
        """);

    [Fact]
    public async Task MDEV201_says_where_an_array_has_room()
    {
        var found = await Diagnose.Expect("""
            [RegisterBlock(0x100)] public sealed partial class Block
            {
                [Register({|+MDEV201:0x10|})] public partial uint Control { get; set; }
                [RegisterArray({|MDEV201:0x00|}, 8)] public partial RegisterArray<uint> Table { get; }
            }
            """);
        Assert.Equal(
            "'Table' (0x00 to 0x1f) overlaps 'Control' (0x10 to 0x13) for reads and writes; move it to 0x20, or give the two opposite conditions with When and Unless",
            Assert.Single(found).GetMessage());
    }

    [Fact]
    public Task Arrays_may_share_lanes_directions_and_banks() => Diagnose.Expect("""
        [RegisterBlock(0x200)] public sealed partial class Block
        {
            public byte Page { get; set; }
            [RegisterArray(0x00, 16, Stride = 2)] public partial RegisterArray<byte> Low { get; }
            [RegisterArray(0x01, 16, Stride = 2)] public partial RegisterArray<byte> High { get; }
            [RegisterArray(0x21, 5)] public partial RegisterArray<byte> Middle { get; }
            [Register(0x20)] public partial byte Before { get; set; }
            [Register(0x26)] public partial ushort Behind { get; set; }
            [RegisterArray(0x40, 8, Stride = 3)] public partial RegisterArray<byte> Odd { get; }
            [RegisterArray(0x80, 4, Access = Access.RO)] public partial RegisterArray<uint> Results { get; }
            [RegisterArray(0x80, 4, Access = Access.WO)] public partial RegisterArray<uint> Operands { get; }
            [RegisterArray(0xc0, 4, When = nameof(Page), Is = 1)] public partial RegisterArray<uint> First { get; }
            [RegisterArray(0xc0, 8, When = nameof(Page), Is = 2)] public partial RegisterArray<ushort> Second { get; }
        }
        """);

    [Fact]
    public Task MDEV202_conditions_of_arrays_may_hold_together() => Diagnose.Expect("""
        [RegisterBlock(0x100)] public sealed partial class Block
        {
            public bool A { get; set; }
            public bool B { get; set; }
            [RegisterArray({|+MDEV202:0x00|}, 4, When = nameof(A))] public partial RegisterArray<uint> One { get; }
            [RegisterArray({|MDEV202:0x00|}, 8, When = nameof(B))] public partial RegisterArray<ushort> Other { get; }
        }
        """);

    [Fact]
    public Task MDEV208_an_array_has_one_count_an_address_and_resets_for_all() => Diagnose.Expect("""
        [RegisterBlock(0x100)] public sealed partial class Block
        {
            [RegisterArray(0x00, 4, {|MDEV208:Count = 4|})] public partial RegisterArray<uint> Twice { get; }
            [{|MDEV208:RegisterArray(Count = 4)|}] public partial RegisterArray<uint> Nowhere { get; }
            [Register(0x7c)] public partial byte Index { get; set; }
            [RegisterArray({|MDEV208:Count = 0|}), IndexData(nameof(Index), 0x7d)] public partial RegisterArray<byte> Empty { get; }
            [RegisterArray(0x10, 3, {|MDEV208:Resets = [1, 2]|})] public partial RegisterArray<uint> Short { get; }
            [RegisterArray(0x20, 2, {|MDEV208:Reset = 1|}, Resets = [1, 2])] public partial RegisterArray<uint> Both { get; }
            [RegisterArray(0x30, 4), Alias(0x40, {|MDEV208:Stride = 2|})] public partial RegisterArray<uint> Narrow { get; }
            [RegisterArray(0x50, 4), Alias({|MDEV203:0xf8|})] public partial RegisterArray<uint> Long { get; }
            [Register(0x60), Alias(0x64, {|MDEV208:Stride = 4|})] public partial uint Single { get; set; }
        }
        """);

    [Fact]
    public Task MDEV206_each_reset_value_fits_its_register() => Diagnose.Expect("""
        [RegisterBlock(0x100)] public sealed partial class Block
        {
            [RegisterArray(0x00, 3, Resets = [0xff, {|MDEV206:0x100|}, 0])] public partial RegisterArray<byte> Bytes { get; }
            [RegisterArray(0x10, 2, Resets = new ulong[] { 1, {|MDEV206:0x1_0000|} })] public partial RegisterArray<ushort> Words { get; }
        }
        """);

    [Fact]
    public Task MDEV402_an_array_with_names_tells_its_handlers_the_name() => Diagnose.Expect("""
        public enum Vbe { Id, Width }
        [RegisterBlock(0x40)] public sealed partial class Block
        {
            [RegisterArray(0, 2)] public partial RegisterArray<Vbe, ushort> V { get; }
            [OnWrite(nameof(V))] private void {|MDEV402:Written|}(int index, ushort value) { }
            [OnRead(nameof(V))] private ushort Read(Vbe index, ushort stored) => stored;
        }
        """);

    [Fact]
    public Task MDEV214_an_index_is_a_register_that_can_tell_all_apart() => Diagnose.Expect(Channel + """
        [BitFields(AccessWidth.Byte)] public partial struct Fields { [Bits(3, 0)] public partial int Number { readonly get; set; } }
        [RegisterBlock(0x1000)] public sealed partial class Large { }
        [RegisterBlock(0x100)] public sealed partial class Block
        {
            public int Plain { get; set; }
            [Register(0x00)] public partial byte Index { get; set; }
            [Register(0x01)] public partial Fields Several { get; set; }
            [Register(0x02, Reset = 1)] public partial byte Constant { get; }
            [RegisterArray(Count = 4), IndexData({|MDEV214:nameof(Plain)|}, 0x10)] public partial RegisterArray<byte> A { get; }
            [RegisterArray(Count = 4), IndexData({|MDEV214:nameof(Several)|}, 0x11)] public partial RegisterArray<byte> B { get; }
            [RegisterArray(Count = 257), IndexData({|MDEV214:nameof(Index)|}, 0x12)] public partial RegisterArray<byte> C { get; }
            [RegisterArray(Count = 256), IndexData(nameof(Index), 0x13)] public partial RegisterArray<byte> D { get; }
            [RegisterArray(Count = 4), IndexData({|MDEV214:nameof(Constant)|}, 0x14, AutoIncrement = true)] public partial RegisterArray<byte> E { get; }
            [RegisterArray(Count = 4), IndexData(nameof(Index), 0x15, {|MDEV214:Scale = 1|})] public partial RegisterArray<byte> F { get; }
            [RegisterArray(Count = 4), IndexData({|MDEV214:"Missing"|}, 0x16)] public partial RegisterArray<byte> G { get; }
            [Block, IndexData({|MDEV214:nameof(Index)|}, 0x20)] public Large Large { get; } = new();
            [Block, IndexData(nameof(Index), 0x24, {|MDEV214:Access = Access.RO|})] public Channel One { get; } = new();
            [Block, IndexData(nameof(Index), 0x28, {|MDEV214:Scale = 0|})] public Channel Two { get; } = new();
            [{|MDEV214:Block|}] public Channel Three { get; } = new();
            [Register(0x30), {|MDEV214:IndexData(nameof(Index), 0x34)|}] public partial uint Single { get; set; }
        }
        """);

    [Fact]
    public Task A_data_register_lies_where_any_register_may() => Diagnose.Expect(Channel + """
        [RegisterBlock(0x40)] public sealed partial class Block
        {
            [Register(0x00)] public partial byte Index { get; set; }
            [RegisterArray(Count = 4), IndexData(nameof(Index), {|+MDEV201:0x04|})] public partial RegisterArray<ushort> A { get; }
            [Register({|MDEV201:0x05|})] public partial byte Beside { get; set; }
            [RegisterArray(Count = 4), IndexData(nameof(Index), {|MDEV204:0x09|})] public partial RegisterArray<ushort> B { get; }
            [RegisterArray(Count = 4), IndexData(nameof(Index), {|MDEV203:0x40|})] public partial RegisterArray<byte> C { get; }
            [RegisterArray(Count = 4), IndexData(nameof(Index), 0x10)] public partial RegisterArray<ulong> {|MDEV209:D|} { get; }
            [Block, IndexData(nameof(Index), {|MDEV222:0x22|})] public Channel E { get; } = new();
            [Block, IndexData(nameof(Index), {|MDEV203:0x44|})] public Channel F { get; } = new();
        }

        public sealed partial class None
        {
            [{|MDEV218:RegisterArray(0, 1)|}, {|MDEV218:IndexData("Index", 0)|}] public RegisterArray<byte> A { get; } = new(1);
        }
        """);
}
