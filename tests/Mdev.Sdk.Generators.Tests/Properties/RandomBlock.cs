using System.Globalization;
using System.Text;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Generators.Tests.Properties;

/// <summary>A register block made by chance: as C# that a vendor could have written, and as a list of registers.</summary>
internal sealed partial class RandomBlock
{
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
        Partial = RandomPartial();

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
    public PartialAccess Partial { get; }
    public int Size { get; }
    public List<RandomRegister> Registers { get; } = [];
    public int Slots => _stored.Count;

    /// <summary>Number of addresses of registers that are wider than the bus.</summary>
    public int Addresses { get; private set; }

    public string Source()
    {
        string state = string.Concat(_stored.Select((name, slot) => $"        into[{slot}] = (ulong){name};\n"));
        string max = Max == 0 ? "" : $", Max = (AccessWidth){Max}";
        return $$"""
            {{_types}}
            [RegisterBlock({{Size}}, Bus = (AccessWidth){{Bus}}, ByteOrder = ByteOrder.{{(BigEndian ? "BigEndian" : "LittleEndian")}}, Unmapped = Unmapped.{{Unmapped}},
                Min = (AccessWidth){{Min}}, Unaligned = {{(Unaligned ? "true" : "false")}}, Partial = PartialAccess.{{Partial}}{{max}})]
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
        int bytes = RandomWidth(wide: true);
        offset = Align(offset, bytes);
        (RandomRegister register, string type, string arguments) = RandomRegisterOf(bytes, page, _random.Next(12) == 0);
        register = Addressed(register, offset);
        (register, string watch) = RandomWatch(register);
        Registers.Add(register);
        int end = offset + bytes;
        string alias = "";
        if (page is null && CanHaveAlias(register) && _random.Next(4) == 0)
        {
            int at = Align(end, bytes);
            (RandomRegister other, string how) = RandomAlias(register, page: null);
            alias = $", Alias(0x{at:x}{how})";
            Registers.Add(other with { Offset = at });
            end = at + bytes;
        }

        AppendRegister(register, type, arguments, watch + alias);
        return end;
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
        int bytes = RandomWidth(wide: true);
        offset = Align(offset, bytes);
        foreach (Access access in (Access[])[Access.RO, Access.WO])
        {
            var register = new RandomRegister(_stored.Count, 0, bytes, [.. Enumerable.Repeat(access, 8 * bytes)], Ones(bytes)) { Reset = RandomValue(bytes), Partial = Partial };
            register = Addressed(register, offset);
            Registers.Add(register);
            AppendRegister(register, IntegerOf(bytes), AccessText(access) + Hex("Reset", register.Reset, true), "");
        }

        return offset + bytes;
    }

    // An array that has whole lanes to itself.
    private int AddArray(int offset)
    {
        int bytes = RandomWidth(), count = _random.Next(1, 6);
        int[] strides = [.. new[] { bytes, Bus, 2 * Bus }.Where(s => s >= bytes && (s % Bus == 0 || Bus % s == 0))];
        RandomArray array = RandomArrayOf(bytes, count, strides[_random.Next(strides.Length)], page: null, oneWay: false);
        AddElements(array, [.. Enumerable.Range(0, count).Select(i => offset + (i * array.Stride))]);
        AppendArray(array, $"0x{offset:x}, {count}{(array.Stride == bytes ? "" : $", Stride = {array.Stride}")}", "");
        return Align(offset + ((count - 1) * array.Stride) + bytes, Bus);
    }

    private int AddInner(int offset)
    {
        string name = NewName();
        int count = _random.Next(1, 4), present = _random.Next(0, count + 1), stride = Bus * _random.Next(1, 3);
        (string type, RandomRegister register) = RandomInner();
        register = register with { Page = RandomPage() };
        string some = string.Join(", ", Enumerable.Repeat("new()", present));
        _members.Append(CultureInfo.InvariantCulture, $"    [Block(0x{offset:x}, Count = {count}, Stride = {stride}{When(register.Page)})] public {type}[] {name} {{ get; }} = [{some}];\n");
        for (int i = 0; i < present; i++)
        {
            Registers.Add(register with { Slot = _stored.Count, Offset = offset + (i * stride) });
            _stored.Add($"{name}[{i}].Value");
        }

        return offset + ((count - 1) * stride) + Bus;
    }

    // A block of one register as wide as the bus, with a policy of its own.
    private (string Type, RandomRegister Register) RandomInner()
    {
        string type = NewName() + Name;
        Access access = s_accesses[_random.Next(s_accesses.Length)];
        var register = new RandomRegister(0, 0, Bus, [.. Enumerable.Repeat(access, 8 * Bus)], Ones(Bus)) { Partial = RandomPartial() };
        (register, string watch) = RandomWatch(register);
        _types.Append(CultureInfo.InvariantCulture, $$"""
            [RegisterBlock({{Bus}}, Bus = (AccessWidth){{Bus}}, ByteOrder = ByteOrder.{{(BigEndian ? "BigEndian" : "LittleEndian")}}, Partial = PartialAccess.{{register.Partial}})]
            public sealed partial class {{type}}
            {
                [Register(0{{AccessText(access)}}){{watch}}] public partial {{IntegerOf(Bus)}} Value { get; set; }
            }

            """);
        return (type, register);
    }

    private PartialAccess RandomPartial() => _random.Next(3) == 0 ? PartialAccess.Merge : (PartialAccess)_random.Next(3);

    private int? RandomPage() => _random.Next(3) == 0 ? _random.Next(1, 3) : null;

    private int RandomWidth(bool wide = false) =>
        wide && Bus < 8 && _random.Next(4) == 0 ? Math.Min(8, Bus << _random.Next(1, 4)) : Math.Min(1 << _random.Next(4), Bus);

    private ulong RandomValue(int bytes) => (ulong)_random.NextInt64() & Ones(bytes);

    private string NewName() => $"R{_names++}";

    private static int Align(int offset, int to) => (offset + to - 1) / to * to;

    private static ulong Ones(int bytes) => ulong.MaxValue >> (64 - (8 * bytes));

    private static string IntegerOf(int bytes) => bytes switch { 1 => "byte", 2 => "ushort", 4 => "uint", _ => "ulong" };

    private static string AccessText(Access access) => $", Access = (Access){(int)access}";

    private static string Hex(string name, ulong value, bool given) => given ? $", {name} = 0x{value:x}" : "";

    private static string When(int? page) => page is { } value ? $", When = nameof(Page), Is = {value}" : "";
}
