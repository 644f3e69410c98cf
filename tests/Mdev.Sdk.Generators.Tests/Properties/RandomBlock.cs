using System.Globalization;
using System.Text;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Generators.Tests.Properties;

/// <summary>A register block made by chance: as C# that a vendor could have written, and as a list of registers.</summary>
internal sealed partial class RandomBlock
{
    private static readonly Access[] s_accesses =
    [
        Access.RW, Access.RW, Access.RO, Access.WO, Access.RW1C, Access.RW1S, Access.R | Access.W1T, Access.R | Access.W0C,
        Access.R | Access.W0S, Access.R | Access.W0T, Access.R | Access.WC, Access.R | Access.WS, Access.RW | Access.RC,
        Access.RW | Access.RS, Access.RW1C | Access.RS, Access.RW | Access.Once, Access.RW | Access.SelfClearing,
        Access.RW1S | Access.SelfClearing, Access.R | Access.RC, Access.W1S,
    ];

    private readonly Random _random;
    private readonly StringBuilder _types = new();
    private readonly StringBuilder _members = new();
    private readonly List<string> _stored = [];
    private int _names;

    public RandomBlock(int seed)
    {
        _random = new Random(seed);
        (Name, Seed) = ($"Block{seed}", seed);
        Bus = 1 << _random.Next(4);
        BigEndian = _random.Next(3) == 0;
        Unmapped = (Unmapped)_random.Next(3);
        if (_random.Next(4) == 0)
            (Min, Max, Unaligned) = (1 << _random.Next(2), 1 << _random.Next(2, 4), _random.Next(2) == 0);

        int offset = 0;
        for (int item = 0; item < 8; item++)
            offset = AddItem(offset);
        Size = offset + (_random.Next(2) * Bus);
        if (Size == 0)
            Size = Bus;
    }

    public string Name { get; }
    public int Seed { get; }
    public int Bus { get; }
    public bool BigEndian { get; }
    public Unmapped Unmapped { get; }
    public int Min { get; } = 1;
    public int Max { get; }
    public bool Unaligned { get; } = true;
    public int Size { get; }
    public List<RandomRegister> Registers { get; } = [];
    public int Slots => _stored.Count;

    public string Source()
    {
        string state = string.Concat(_stored.Select((name, slot) => $"        into[{slot}] = (ulong){name};\n"));
        string max = Max == 0 ? "" : $", Max = (AccessWidth){Max}";
        return $$"""
            {{_types}}
            [RegisterBlock({{Size}}, Bus = (AccessWidth){{Bus}}, ByteOrder = ByteOrder.{{(BigEndian ? "BigEndian" : "LittleEndian")}}, Unmapped = Unmapped.{{Unmapped}},
                Min = (AccessWidth){{Min}}, Unaligned = {{(Unaligned ? "true" : "false")}}{{max}})]
            public sealed partial class {{Name}}
            {
                [Saved] public int Page;
                [Saved] public bool Open;
            {{_members}}
                public void State(ulong[] into)
                {
            {{state}}    }
            }

            """;
    }

    // Puts something at the next place where it fits, and returns where it ends.
    private int AddItem(int offset)
    {
        switch (_random.Next(10))
        {
            case 8:
            case 9:
                return AddTangle(offset);
            case 0:
                return offset + _random.Next(1, 2 * Bus);
            case 1:
                return AddArray(Align(offset, Bus));
            case 2:
                return AddInner(Align(offset, Bus));
            case 3:
                return _random.Next(2) == 0 ? AddPages(offset) : AddTwoDirections(offset);
            default:
                return AddRegister(offset, page: null);
        }
    }

    private int AddRegister(int offset, int? page)
    {
        int bytes = RandomWidth();
        offset = Align(offset, bytes);
        string name = NewName();
        bool constant = _random.Next(12) == 0;
        (string type, Access stated, Access[] bits) = RandomType(bytes);
        ulong ones = ulong.MaxValue >> (64 - (8 * bytes));
        ulong mask = _random.Next(3) == 0 ? (ulong)_random.NextInt64() & ones : ones;
        bool gated = !constant && _random.Next(6) == 0, adds = !constant && _random.Next(6) == 0, inverts = _random.Next(8) == 0;
        var register = new RandomRegister(_stored.Count, offset, bytes, bits, mask)
        {
            Reset = (ulong)_random.NextInt64() & ones,
            ResetOn = (ResetOn)_random.Next(3),
            Page = page,
            Gated = gated,
            Constant = constant,
            Adds = adds,
            Inverts = inverts,
        };
        string arguments = AccessText(stated) + Hex("Mask", mask, mask != ones) + Hex("Reset", register.Reset, true)
            + $", ResetOn = ResetOn.{register.ResetOn}" + (gated ? ", WritableWhen = nameof(Open)" : "") + When(page);
        _members.Append(CultureInfo.InvariantCulture, $"    [Register(0x{offset:x}{arguments})");
        int end = offset + bytes;
        Registers.Add(register);
        if (page is null && !constant && _random.Next(4) == 0)
            end = AddAlias(register, end, ones);
        _members.Append(CultureInfo.InvariantCulture, $"] public partial {type} {name} {{ get;{(constant ? "" : " set;")} }}\n");
        AddHandlers(name, type, bytes, adds, inverts);
        _stored.Add(type == IntegerOf(bytes) ? name : $"({IntegerOf(bytes)}){name}");
        return end;
    }

    private int AddAlias(RandomRegister register, int end, ulong ones)
    {
        int at = Align(end, register.Bytes);
        Access access = s_accesses[_random.Next(s_accesses.Length)] & ~Access.Once;
        _members.Append(CultureInfo.InvariantCulture, $", Alias(0x{at:x}{AccessText(access)}, Name = \"{NewName()}\")");
        Registers.Add(register with { Offset = at, Access = [.. Enumerable.Repeat(access, 64)], Mask = register.Mask & ones, IsAlias = true });
        return at + register.Bytes;
    }

    // Two banks of different shape over the same bytes.
    private int AddPages(int offset)
    {
        int first = AddRegister(offset, page: 1), second = AddRegister(offset, page: 2);
        return Math.Max(first, second);
    }

    // One register to read and another to write, at one offset.
    private int AddTwoDirections(int offset)
    {
        int bytes = RandomWidth();
        offset = Align(offset, bytes);
        foreach (Access access in (Access[])[Access.RO, Access.WO])
        {
            string name = NewName();
            ulong ones = ulong.MaxValue >> (64 - (8 * bytes)), reset = (ulong)_random.NextInt64() & ones;
            _members.Append(CultureInfo.InvariantCulture, $"    [Register(0x{offset:x}{AccessText(access)}{Hex("Reset", reset, true)})] public partial {IntegerOf(bytes)} {name} {{ get; set; }}\n");
            Registers.Add(new RandomRegister(_stored.Count, offset, bytes, [.. Enumerable.Repeat(access, 8 * bytes)], ones) { Reset = reset });
            _stored.Add(name);
        }
        return offset + bytes;
    }

    private int AddArray(int offset)
    {
        int bytes = RandomWidth(), count = _random.Next(1, 6);
        int[] strides = [.. new[] { bytes, Bus, 2 * Bus }.Where(s => s >= bytes && (s % Bus == 0 || Bus % s == 0))];
        int stride = strides[_random.Next(strides.Length)];
        string name = NewName();
        (string type, Access stated, Access[] bits) = RandomType(bytes);
        ulong ones = ulong.MaxValue >> (64 - (8 * bytes)), mask = _random.Next(3) == 0 ? (ulong)_random.NextInt64() & ones : ones;
        bool adds = _random.Next(5) == 0, inverts = _random.Next(5) == 0, gated = _random.Next(5) == 0;
        bool differ = _random.Next(3) == 0;
        ulong[] resets = [.. Enumerable.Range(0, count).Select(_ => RandomValue(bytes))];
        var on = (ResetOn)_random.Next(3);
        string arguments = AccessText(stated) + Hex("Mask", mask, mask != ones) + (differ ? $", Resets = [{string.Join(", ", resets)}]" : Hex("Reset", resets[0], true)) + $", ResetOn = ResetOn.{on}"
            + (stride == bytes ? "" : $", Stride = {stride}") + (gated ? ", WritableWhen = nameof(Open)" : "");
        _members.Append(CultureInfo.InvariantCulture, $"    [RegisterArray(0x{offset:x}, {count}{arguments})] public partial RegisterArray<{type}> {name} {{ get; }}\n");
        if (adds)
            _members.Append(CultureInfo.InvariantCulture, $"    [OnWrite(nameof({name}))] private {type} Add{name}(int index, {type} old, {type} value) => {Sum(type, bytes)};\n");
        if (inverts)
            _members.Append(CultureInfo.InvariantCulture, $"    [OnRead(nameof({name}), Pure = true)] private {type} Show{name}(int index, {type} stored) => {Inverse(type, bytes)};\n");
        for (int i = 0; i < count; i++)
        {
            Registers.Add(new RandomRegister(_stored.Count, offset + (i * stride), bytes, bits, mask)
            {
                Reset = resets[differ ? i : 0], ResetOn = on, Gated = gated, Adds = adds, Inverts = inverts,
            });
            _stored.Add(type == IntegerOf(bytes) ? $"{name}[{i}]" : $"({IntegerOf(bytes)}){name}[{i}]");
        }

        // An array has whole lanes to itself.
        return Align(offset + ((count - 1) * stride) + bytes, Bus);
    }

    private int AddInner(int offset)
    {
        string name = NewName();
        int count = _random.Next(1, 4), present = _random.Next(0, count + 1), stride = Bus * _random.Next(1, 3);
        Access access = s_accesses[_random.Next(s_accesses.Length)];
        string type = AddInnerType(access);
        int? page = RandomPage();
        string some = string.Join(", ", Enumerable.Repeat("new()", present));
        _members.Append(CultureInfo.InvariantCulture, $"    [Block(0x{offset:x}, Count = {count}, Stride = {stride}{When(page)})] public {type}[] {name} {{ get; }} = [{some}];\n");
        ulong ones = ulong.MaxValue >> (64 - (8 * Bus));
        for (int i = 0; i < present; i++)
        {
            Registers.Add(new RandomRegister(_stored.Count, offset + (i * stride), Bus, [.. Enumerable.Repeat(access, 64)], ones) { Page = page });
            _stored.Add($"{name}[{i}].Value");
        }
        return offset + ((count - 1) * stride) + Bus;
    }

    private string AddInnerType(Access access)
    {
        string type = NewName() + Name;
        _types.Append(CultureInfo.InvariantCulture, $$"""
            [RegisterBlock({{Bus}}, Bus = (AccessWidth){{Bus}}, ByteOrder = ByteOrder.{{(BigEndian ? "BigEndian" : "LittleEndian")}})]
            public sealed partial class {{type}}
            {
                [Register(0{{AccessText(access)}})] public partial {{IntegerOf(Bus)}} Value { get; set; }
            }

            """);
        return type;
    }

    private void AddHandlers(string name, string type, int bytes, bool adds, bool inverts)
    {
        if (adds)
            _members.Append(CultureInfo.InvariantCulture, $"    [OnWrite(nameof({name}))] private {type} Add{name}({type} old, {type} value) => {Sum(type, bytes)};\n");
        if (inverts)
            _members.Append(CultureInfo.InvariantCulture, $"    [OnRead(nameof({name}), Pure = true)] private {type} Show{name}({type} stored) => {Inverse(type, bytes)};\n");
    }

    private static string Sum(string type, int bytes) =>
        $"unchecked(({type})({IntegerOf(bytes)})(({IntegerOf(bytes)})old + ({IntegerOf(bytes)})value))";

    private static string Inverse(string type, int bytes) => $"unchecked(({type})({IntegerOf(bytes)})~({IntegerOf(bytes)})stored)";

    // An integer, or fields of which some have an access of their own.
    private (string Type, Access Stated, Access[] Bits) RandomType(int bytes)
    {
        Access stated = s_accesses[_random.Next(s_accesses.Length)];
        Access[] bits = [.. Enumerable.Repeat(stated, 64)];
        if (_random.Next(3) != 0)
            return (IntegerOf(bytes), stated, bits[..(8 * bytes)]);

        string type = NewName() + "Fields" + Name;
        _types.Append(CultureInfo.InvariantCulture, $"[BitFields((AccessWidth){bytes})] public partial struct {type}\n{{\n");
        for (int low = _random.Next(4); low < 8 * bytes;)
        {
            int high = Math.Min(low + _random.Next(6), (8 * bytes) - 1);
            Access own = _random.Next(3) == 0 ? Access.Default : s_accesses[_random.Next(s_accesses.Length)];
            string access = own == 0 ? "" : $", Access = (Access){(int)own}";
            _types.Append(CultureInfo.InvariantCulture, $"    [Bits({high}, {low}{access})] public partial int {NewName()} {{ readonly get; set; }}\n");
            for (int bit = low; bit <= high && own != 0; bit++)
                bits[bit] = own;
            low = high + 1 + _random.Next(4);
        }
        _types.Append("}\n\n");
        return (type, stated, bits[..(8 * bytes)]);
    }

    private int RandomWidth()
    {
        int width = 1 << _random.Next(4);
        return Math.Min(width, Bus);
    }

    private string NewName() => $"R{_names++}";

    private static int Align(int offset, int to) => (offset + to - 1) / to * to;

    private static string IntegerOf(int bytes) => bytes switch { 1 => "byte", 2 => "ushort", 4 => "uint", _ => "ulong" };

    private static string AccessText(Access access) => $", Access = (Access){(int)access}";

    private static string Hex(string name, ulong value, bool given) => given ? $", {name} = 0x{value:x}" : "";

    private static string When(int? page) => page is { } value ? $", When = nameof(Page), Is = {value}" : "";
}
