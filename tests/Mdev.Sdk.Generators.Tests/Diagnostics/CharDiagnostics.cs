using System.Reflection;
using Mdev.Sdk.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Tests.Diagnostics;

public sealed class CharDiagnostics
{
    private const string Usings = "using System.Runtime.InteropServices; using System.Runtime.CompilerServices; using System.Threading;\n";

    [Fact]
    public Task Every_shape_that_an_operation_can_have_is_no_mistake() => Diagnose.Expect(Usings + """
        public abstract partial class Family : PciDevice;
        [PciDevice(1, 2), CharDevice("{uuid}-{n}")] public sealed partial class Card : Family
        {
            [OnCharOpen] private void Open() { }
            [OnCharRead] internal static int Read(scoped Span<byte> destination) => CharFile.WouldBlock;
            [OnCharWrite] public async ValueTask<int> Write(CharFile? file, ReadOnlyMemory<byte> source, CancellationToken interrupted) { await Task.Yield(); return 0; }
            [OnCharPoll] private PollEvents Poll(CharFile file) => PollEvents.None;
            [OnCharIoctl('Q' << 8 | 1)] private int Nothing(CharFile file) => 0;
            [OnCharIoctl('Q' << 8 | 2)] private int Int(int value) => 0;
            [OnCharIoctl('Q' << 8 | 3)] private void UInt(uint value) { }
            [OnCharIoctl('Q' << 8 | 4)] private int Long(long value) => 0;
            [OnCharIoctl('Q' << 8 | 5), OnCharIoctl(0x5404)] private int ULong(CharFile file, ulong value) => 0;
            [OnCharIoctl(0x5402)] private void Legacy(out DateTime value) => value = default;
            [OnCharIoctl(1u << 30 | 4 << 16 | 'Q' << 8 | 6)] private void In(in int value) { }
            [OnCharIoctl(1u << 30 | 4 << 16 | 'Q' << 8 | 7)] private void ReadOnly(ref readonly uint value) { }
            [OnCharIoctl(3u << 30 | 16 << 16 | 'Q' << 8 | 8)] private void Both(CharFile file, ref Guid value) { }
            [OnCharIoctl(2u << 30 | 3 << 16 | 'Q' << 8 | 9)] private void Any(ref CharIoctl ioctl) { }
            [OnCharInterrupt] private void Interrupted() { }
            [OnCharRelease] private void Release(CharFile file) { }
        }
        [RegisterBlock(4), CharDevice("b")] public sealed partial class Block<T> where T : unmanaged
        {
            [OnCharIoctl(2u << 30 | 16 << 16 | 'Q' << 8 | 10)] private void Get(out T value) => value = default;
        }
        [VfioDevice(DeviceApi.Ap), CharDevice("c-{short}")] public sealed partial class Other : VfioDevice;
        """);

    [Theory]
    [InlineData("", "A-Z")]
    [InlineData("a/b", "A-Z")]
    [InlineData("two words", "A-Z")]
    [InlineData("a!b", "A-Z")]
    [InlineData("..", "A-Z")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345", "A-Z")]
    [InlineData("{uuid}-{uuid}", "73 characters")]
    [InlineData("{id}", "{short}")]
    [InlineData("a}", "{short}")]
    [InlineData("{{short}}", "{short}")]
    [InlineData("irqs", "the SDK's")]
    public async Task MDEV801_a_name_is_a_file(string name, string said)
    {
        IReadOnlyList<Diagnostic> found = await Diagnose.Expect($$"""
            [PciDevice(1, 2), CharDevice({|MDEV801:"{{name}}"|})] public sealed partial class Card : PciDevice { private void Wake() => CharQueue.WakeUp(); }
            """);
        Assert.Contains(said, found[0].GetMessage(null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OnCharOpen", "bool {|MDEV802:M|}() => true;", "int M() or void M(), with a CharFile")]
    [InlineData("OnCharOpen", "void {|MDEV802:M|}(int flags) { }", "open(2)")]
    [InlineData("OnCharOpen", "async void {|MDEV802:M|}() => await Task.Yield();", "int M()")]
    [InlineData("OnCharOpen", "Task<int> {|MDEV802:M|}() => Task.FromResult(0);", "int M()")]
    [InlineData("OnCharOpen", "int {|MDEV802:M|}(ref CharFile file) => 0;", "int M()")]
    [InlineData("OnCharRead", "int {|MDEV802:M|}(byte[] bytes) => 0;", "int M(Span<byte> destination) or ValueTask<int> M(Memory<byte> destination, CancellationToken interrupted)")]
    [InlineData("OnCharRead", "int {|MDEV802:M|}(Span<int> numbers) => 0;", "Span<byte>")]
    [InlineData("OnCharRead", "int {|MDEV802:M|}(ReadOnlySpan<byte> bytes) => 0;", "Span<byte>")]
    [InlineData("OnCharRead", "void {|MDEV802:M|}(Span<byte> bytes) { }", "Span<byte>")]
    [InlineData("OnCharRead", "int {|MDEV802:M|}(Span<byte> bytes, CharFile file) => 0;", "Span<byte>")]
    [InlineData("OnCharRead", "int {|MDEV802:M|}(in Span<byte> bytes) => 0;", "Span<byte>")]
    [InlineData("OnCharRead", "ValueTask<int> {|MDEV802:M|}(Memory<byte> bytes) => new(0);", "CancellationToken")]
    [InlineData("OnCharRead", "Task<int> {|MDEV802:M|}(Memory<byte> bytes, CancellationToken token) => Task.FromResult(0);", "ValueTask<int>")]
    [InlineData("OnCharRead", "int {|MDEV802:M|}<T>(Span<byte> bytes) => 0;", "Span<byte>")]
    [InlineData("OnCharWrite", "int {|MDEV802:M|}(Span<byte> bytes) => 0;", "ReadOnlySpan<byte>")]
    [InlineData("OnCharWrite", "ValueTask<int> {|MDEV802:M|}(Memory<byte> bytes, CancellationToken token) => new(0);", "ReadOnlyMemory<byte>")]
    [InlineData("OnCharPoll", "int {|MDEV802:M|}() => 0;", "PollEvents M()")]
    [InlineData("OnCharPoll", "PollEvents {|MDEV802:M|}(PollEvents wanted) => wanted;", "PollEvents M()")]
    [InlineData("OnCharInterrupt", "int {|MDEV802:M|}() => 0;", "void M()")]
    [InlineData("OnCharRelease", "async void {|MDEV802:M|}(CharFile file) => await Task.Yield();", "void M()")]
    [InlineData("OnCharIoctl(1)", "int {|MDEV802:M|}(short value) => value;", "ref CharIoctl")]
    [InlineData("OnCharIoctl(1)", "int {|MDEV802:M|}(CharIoctl ioctl) => 0;", "ref CharIoctl")]
    [InlineData("OnCharIoctl(1)", "int {|MDEV802:M|}(in CharIoctl ioctl) => 0;", "ref CharIoctl")]
    [InlineData("OnCharIoctl(1)", "int {|MDEV802:M|}(out string text) { text = \"\"; return 0; }", "unmanaged struct")]
    [InlineData("OnCharIoctl(1)", "int {|MDEV802:M|}(Guid value) => 0;", "in T argument")]
    [InlineData("OnCharIoctl(1)", "long {|MDEV802:M|}() => 0;", "int M()")]
    [InlineData("OnCharIoctl(1)", "int {|MDEV802:M|}(int one, int other) => 0;", "int M(int argument)")]
    public async Task MDEV802_a_handler_has_one_of_the_shapes_of_its_operation(string attribute, string method, string said)
    {
        IReadOnlyList<Diagnostic> found = await Diagnose.Expect(Usings + $$"""
            [PciDevice(1, 2), CharDevice("a")] public sealed partial class Card : PciDevice { [{{attribute}}] private {{method}} private void Wake() => CharQueue.WakeUp(); }
            """);
        Assert.Contains(said, found[0].GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public Task MDEV803_operations_are_of_a_character_device() => Diagnose.Expect("""
        [PciDevice(1, 2)] public sealed partial class Card : PciDevice
        {
            [{|MDEV803:OnCharOpen|}] private void Open() { }
            [{|MDEV803:OnCharIoctl(1)|}] private void Command() { }
        }
        [RegisterBlock(4)] public sealed partial class Block { [{|MDEV803:OnCharRead|}] private int Read(Span<byte> destination) => 0; }
        public sealed class Any { [{|MDEV803:OnCharPoll|}] private PollEvents Poll() => default; }
        [PciDevice(1, 2), CharDevice("a")] public partial class Family : PciDevice { [OnCharOpen] private void Open() { } }
        [PciDevice(1, 2)] public sealed partial class Derived : Family { [{|MDEV803:OnCharRelease|}] private void Release() { } }
        """);

    [Fact]
    public Task MDEV804_a_character_device_is_a_devices_or_a_blocks() => Diagnose.Expect("""
        [{|MDEV804:CharDevice("a")|}] public sealed partial class Any { [OnCharOpen] private void Open() => CharQueue.WakeUp(); }
        [{|MDEV804:CharDevice("a")|}] public static partial class Nothing { [OnCharOpen] private static void Open() { } }
        [MdevParent("card"), {|MDEV804:CharDevice("b")|}] public sealed partial class Parent : MdevParent<Card, int> { [MdevType("1", "One")] public static int One => 1; }
        [PciDevice(1, 2)] public sealed partial class Card : PciDevice;
        [CharDevice("c")] public abstract partial class Family : PciDevice;
        """);

    [Fact]
    public Task MDEV001_the_class_is_partial_and_is_told_so_once() => Diagnose.Expect("""
        [VfioDevice(DeviceApi.Ap), CharDevice("a")] public sealed class {|MDEV001:Card|} : VfioDevice { [OnCharOpen] private void Open() { } }
        [RegisterBlock(4), CharDevice("a")] public sealed class {|MDEV001:Block|};
        [CharDevice("a")] public abstract class {|MDEV001:Family|} : PciDevice;
        """);

    [Fact]
    public async Task MDEV805_an_operation_has_one_handler()
    {
        IReadOnlyList<Diagnostic> found = await Diagnose.Expect(Usings + """
            [PciDevice(1, 2), CharDevice("a")] public sealed partial class Card : PciDevice
            {
                [{|+MDEV805:OnCharRead|}] private int Read(Span<byte> destination) => 0;
                [{|MDEV805:OnCharRead|}] private ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken interrupted) => new(0);
            }
            """);
        Assert.StartsWith("'Read' already handles read(2)", found[0].GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MDEV806_a_command_has_one_handler()
    {
        IReadOnlyList<Diagnostic> found = await Diagnose.Expect("""
            [PciDevice(1, 2), CharDevice("a")] public sealed partial class Card : PciDevice
            {
                [OnCharIoctl({|+MDEV806:2u << 30 | 4 << 16 | 'Q' << 8 | 1|})] private void Get(out int value) => value = 0;
                [OnCharIoctl({|MDEV806:0x8004_5101|})] private void Take(out uint value) => value = 0;
                [OnCharIoctl({|MDEV806:0x8004_5101|})] private void Steal(ref CharIoctl ioctl) { }
            }
            """);
        Assert.StartsWith("'Get' already handles 0x80045101, _IOR('Q', 1, 4 bytes)", found[0].GetMessage(null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1u << 30", "out Four value) => value = default;", "gives 4 bytes, and 'M' takes 'out Four'; take 'in Four'")]
    [InlineData("2u << 30", "in Four value) { }", "gets 4 bytes, and 'M' takes 'in Four'; take 'out Four'")]
    [InlineData("2u << 30", "ref Four value) { }", "take 'out Four'")]
    [InlineData("3u << 30", "in Four value) { }", "gives and gets 4 bytes, and 'M' takes 'in Four'; take 'ref Four'")]
    [InlineData("1u << 30", "int value) { }", "takes a value; take 'in int'")]
    [InlineData("1u << 30", ") { }", "takes nothing; take 'in T'")]
    [InlineData("1u << 30", "in long value) { }", "takes a 'long' of 8")]
    [InlineData("2u << 30", "out Colour value) => value = default;", "takes a 'Colour' of 1")]
    [InlineData("0u << 30", "in long value) { }", "has 4 bytes, and 'M' takes a 'long' of 8")]
    public async Task MDEV807_number_and_argument_agree(string way, string rest, string said)
    {
        IReadOnlyList<Diagnostic> found = await Diagnose.Expect($$"""
            public struct Four { public int Value; }
            public enum Colour : byte { Red }
            [PciDevice(1, 2), CharDevice("a")] public sealed partial class Card : PciDevice
            {
                [OnCharIoctl({|MDEV807:{{way}} | 4 << 16 | 'Q' << 8 | 1|})] private void M({{rest}}
            }
            """);
        Assert.Contains(said, found[0].GetMessage(null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("struct S { public byte A; public int B; public short C; }", 12)]
    [InlineData("struct S { public int A; public ulong B; public bool C; }", 24)]
    [InlineData("[StructLayout(LayoutKind.Sequential, Pack = 1)] struct S { public byte A; public int B; }", 5)]
    [InlineData("[StructLayout(LayoutKind.Sequential, Pack = 4)] struct S { public int A; public long B; }", 12)]
    [InlineData("struct T { public char A; public byte B; } struct S { public byte A; public T B; public T C; }", 10)]
    [InlineData("struct S;", 1)]
    [InlineData("record struct S(byte A, double B);", 16)]
    [InlineData("struct S { public ushort A { get; set; } public byte B; public static long C; public const long D = 1; }", 4)]
    [InlineData("enum E : long { } struct S { public byte A; public E B; }", 16)]
    [InlineData("[InlineArray(3)] struct T { public short A; } struct S { public byte A; public T B; }", 8)]
    [InlineData("unsafe struct S { public byte A; public fixed uint B[3]; }", 16)]
    [InlineData("struct T<A> { public A One; } struct S { public T<short> A; public byte B; }", 4)]
    public async Task MDEV807_a_struct_has_the_size_that_it_has_when_it_runs(string declared, int size)
    {
        await Diagnose.Expect(Card(size));
        await Diagnose.Expect(Card(size + 1));

        using var image = new MemoryStream();
        Assert.True(Compiler.Create($"{Usings}{declared} class Program {{ static int Size => Unsafe.SizeOf<S>(); }}").Emit(image).Success);
        Type program = System.Reflection.Assembly.Load(image.ToArray()).GetType("Program")!;
        Assert.Equal(size, program.GetProperty("Size", BindingFlags.Static | BindingFlags.NonPublic)!.GetValue(null));

        string Card(int said) => Usings + $$"""
            #pragma warning disable CS0169, CS0649
            {{declared}}
            [PciDevice(1, 2), CharDevice("a")] sealed partial class Card : PciDevice
            {
                [OnCharIoctl({{(said == size ? "" : "{|MDEV807:")}}2u << 30 | {{said}} << 16 | 'Q' << 8 | 1{{(said == size ? "" : "|}")}})] private void M(out S s) => s = default;
            }
            """;
    }

    [Theory]
    [InlineData("partial struct S { public int A; } partial struct S { public int B; }")]
    [InlineData("struct S(int a) { public int A => a; }")]
    [InlineData("[StructLayout(LayoutKind.Explicit)] struct S { [FieldOffset(3)] public byte A; }")]
    [InlineData("[StructLayout(LayoutKind.Auto)] struct S { public byte A; }")]
    [InlineData("[StructLayout(LayoutKind.Sequential, Size = 20)] struct S { public byte A; }")]
    [InlineData("struct S { public DateTime A; }")]
    [InlineData("struct S { public nint A; }")]
    [InlineData("struct S { public decimal A; }")]
    public async Task A_struct_whose_size_only_its_run_shows_is_left_to_it(string declared)
    {
        await Diagnose.Expect(Usings + $$"""
            {{declared}}
            [PciDevice(1, 2), CharDevice("a")] sealed partial class Card : PciDevice
            {
                [OnCharIoctl(2u << 30 | 99 << 16 | 'Q' << 8 | 1)] private void M(out S s) => s = default;
            }
            """);
    }

    [Fact]
    public Task MDEV808_who_has_callers_wait_says_for_what() => Diagnose.Expect(Usings + """
        [PciDevice(1, 2), CharDevice("a")] public sealed partial class Card : PciDevice
        {
            [OnCharRead] private int {|MDEV808:Read|}(Span<byte> destination) => CharFile.WouldBlock;
            [OnCharWrite] private ValueTask<int> {|MDEV808:WriteAsync|}(CharFile file, ReadOnlyMemory<byte> source, CancellationToken interrupted) => new(file.IsNonBlocking ? -(int)Errno.EAGAIN : 0);
        }
        [RegisterBlock(4), CharDevice("b")] public sealed partial class Polled
        {
            [OnCharRead] private int Read(Span<byte> destination) => CharFile.WouldBlock;
            [OnCharPoll] private PollEvents Poll() => PollEvents.In;
        }
        [RegisterBlock(4), CharDevice("b")] public sealed partial class Ready { [OnCharRead] private int Read(Span<byte> destination) => 0; }
        """);

    [Theory]
    [InlineData("0x5421", "FIONBIO")]
    [InlineData("0xc018_9436", "FIDEDUPERANGE")]
    public async Task MDEV809_a_command_reaches_the_driver(string number, string said)
    {
        IReadOnlyList<Diagnostic> found = await Diagnose.Expect($$"""
            [PciDevice(1, 2), CharDevice("a")] public sealed partial class Card : PciDevice { [OnCharIoctl({|MDEV809:{{number}}|})] private void M(ref CharIoctl ioctl) { } }
            """);
        Assert.Contains(said, found[0].GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public Task MDEV406_a_file_operation_on_the_lock_does_not_wait() => Diagnose.Expect(Usings + """
        [PciDevice(1, 2), CharDevice("a")] public sealed partial class Card : PciDevice
        {
            private readonly SemaphoreSlim _ready = new(0);
            [OnCharRead] private int Read(Span<byte> destination) { {|MDEV406:_ready.Wait()|}; return 0; }
            [OnCharWrite] private async ValueTask<int> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken interrupted) { await _ready.WaitAsync(interrupted); return 0; }
            [OnCharIoctl(0x5104)] private void Flush() => Drain();
            private void Drain() => {|MDEV406:Thread.Sleep(1)|};
        }
        """);

    [Fact]
    public async Task What_the_compiler_reports_is_not_reported_twice()
    {
        Compilation compilation = Compiler.Generate(Compiler.Create("""
            [PciDevice(1, 2), CharDevice("a")] public sealed partial class Card : PciDevice
            {
                [OnCharRead] private int Read(Missing destination) => 0;
                [OnCharIoctl(1)] private int Command(out Missing value) { value = default; return 0; }
            }
            """), out _);
        Assert.DoesNotContain(await Diagnose.Run(compilation), d => !Diagnose.IsHint(d));
    }
}
