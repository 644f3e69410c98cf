using System.Globalization;
using System.Text;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Generators.Tests.Properties;

/// <summary>Lanes in which arrays, their other addresses, registers and index and data pairs lie as they happen to fit.</summary>
internal sealed partial class RandomBlock
{
    private readonly Dictionary<int, List<Claim>> _claims = [];
    private readonly List<Index> _indexes = [];

    private int AddTangle(int offset)
    {
        int start = Align(offset, Bus), length = Bus * _random.Next(2, 9);
        for (int tries = 0; tries < 8; tries++)
        {
            if (_random.Next(3) == 0)
                TryRegister(start, length);
            else
                TryArray(start, length);
        }

        if (_random.Next(2) == 0)
            TryInnerWindow(start, length);
        return start + length;
    }

    private void TryRegister(int start, int length)
    {
        int bytes = RandomWidth(), offset = start + (_random.Next(length / bytes) * bytes);
        Access access = s_accesses[_random.Next(s_accesses.Length)];
        var register = new RandomRegister(_stored.Count, offset, bytes, [.. Enumerable.Repeat(access, 8 * bytes)], Ones(bytes))
        {
            Reset = RandomValue(bytes), Page = RandomPage(),
        };
        if (!TryClaim([offset], register))
            return;
        string name = NewName();
        _members.Append(CultureInfo.InvariantCulture, $"    [Register(0x{offset:x}{AccessText(access)}{Hex("Reset", register.Reset, true)}{When(register.Page)})] public partial {IntegerOf(bytes)} {name} {{ get; set; }}\n");
        Registers.Add(register);
        _stored.Add(name);
    }

    private void TryArray(int start, int length)
    {
        int bytes = RandomWidth(), count = _random.Next(1, 7), stride = bytes * _random.Next(1, 5);
        string name = NewName(), index = "int", number = "";
        (string type, Access stated, Access[] bits) = RandomType(bytes);
        ulong ones = Ones(bytes), mask = _random.Next(3) == 0 ? (ulong)_random.NextInt64() & ones : ones;
        ulong[] resets = [.. Enumerable.Range(0, count).Select(_ => RandomValue(bytes))];
        bool differ = _random.Next(2) == 0;
        if (_random.Next(3) == 0)
        {
            (index, number) = (NewName() + "Names" + Name, NewName());
            _types.Append(CultureInfo.InvariantCulture, $"public enum {index} : {(_random.Next(2) == 0 ? "byte" : "long")} {{ {number} }}\n");
        }

        var element = new RandomRegister(_stored.Count, 0, bytes, bits, mask)
        {
            ResetOn = (ResetOn)_random.Next(3), Gated = _random.Next(5) == 0, Adds = _random.Next(5) == 0, Inverts = _random.Next(5) == 0, Page = RandomPage(),
        };
        var addresses = new StringBuilder();
        int[]? direct = _random.Next(4) == 0 ? null : Place(start, length, bytes, count, stride, element);
        for (int i = 0; i < count; i++)
            Registers.Add(element with { Slot = element.Slot + i, Offset = direct?[i] ?? 0, Reset = resets[differ ? i : 0], IsHidden = direct is null });
        for (int i = 0; i < count; i++)
            _stored.Add(type == IntegerOf(bytes) ? $"{name}[{i}]" : $"({IntegerOf(bytes)}){name}[{i}]");
        if (direct is not null && _random.Next(2) == 0)
            AddArrayAlias(start, length, bytes, count, stride, element, addresses);
        bool reached = false;
        for (int tries = direct is null ? 20 : _random.Next(3); tries > 0 && !(reached && direct is null); tries--)
            reached |= TryWindow(start, length, count, element, addresses);
        string arguments = AccessText(stated) + Hex("Mask", mask, mask != ones)
            + (differ ? $", Resets = [{string.Join(", ", resets)}]" : Hex("Reset", resets[0], true))
            + $", ResetOn = ResetOn.{element.ResetOn}" + (element.Gated ? ", WritableWhen = nameof(Open)" : "") + When(direct is null ? null : element.Page);

        // What found no place is a table of the device's own, which nobody sees.
        string attribute = direct is not null ? $"[RegisterArray(0x{direct[0]:x}, {count}, Stride = {stride}{arguments}){addresses}]"
            : reached ? $"[RegisterArray(Count = {count}{arguments}){addresses}]"
            : "";
        string full = index == "int" ? $"RegisterArray<{type}>" : $"RegisterArray<{index}, {type}>";
        if (attribute.Length == 0)
        {
            string values = string.Join(", ", Enumerable.Range(0, count).Select(i => $"unchecked(({type})({IntegerOf(bytes)})0x{resets[differ ? i : 0]:x})"));
            _members.Append(CultureInfo.InvariantCulture, $"    public {type}[] {name} {{ get; }} = [{values}];\n");
            Registers.RemoveAll(r => r.Slot >= element.Slot && r.Slot < element.Slot + count);
            for (int i = 0; i < count; i++)
                Registers.Add(element with { Slot = element.Slot + i, Reset = resets[differ ? i : 0], ResetOn = ResetOn.Never, IsHidden = true });
            return;
        }

        _members.Append(CultureInfo.InvariantCulture, $"    {attribute} public partial {full} {name} {{ get; }}\n");
        if (element.Adds)
            _members.Append(CultureInfo.InvariantCulture, $"    [OnWrite(nameof({name}))] private {type} Add{name}({index} index, {type} old, {type} value) => {Sum(type, bytes)};\n");
        if (element.Inverts)
            _members.Append(CultureInfo.InvariantCulture, $"    [OnRead(nameof({name}), Pure = true)] private {type} Show{name}({index} index, {type} stored) => {Inverse(type, bytes)};\n");
    }

    private void AddArrayAlias(int start, int length, int bytes, int count, int stride, RandomRegister element, StringBuilder addresses)
    {
        Access access = s_accesses[_random.Next(s_accesses.Length)] & ~Access.Once;
        int own = _random.Next(2) == 0 ? stride : bytes * _random.Next(1, 4);
        RandomRegister alias = element with { Access = [.. Enumerable.Repeat(access, 8 * bytes)], Page = RandomPage(), IsAlias = true };
        if (Place(start, length, bytes, count, own, alias) is not { } places)
            return;
        addresses.Append(CultureInfo.InvariantCulture, $", Alias(0x{places[0]:x}{AccessText(access)}{(own == stride ? "" : $", Stride = {own}")}{When(alias.Page)})");
        for (int i = 0; i < count; i++)
            Registers.Add(alias with { Slot = element.Slot + i, Offset = places[i] });
    }

    private bool TryWindow(int start, int length, int count, RandomRegister element, StringBuilder addresses)
    {
        if (FindIndex(start, length) is not { } index)
            return false;
        int bytes = element.Bytes, offset = start + (_random.Next(length / bytes) * bytes), slot = element.Slot;
        Access own = _random.Next(3) == 0 ? s_accesses[_random.Next(s_accesses.Length)] & ~Access.Once : Access.Default;
        bool counts = _random.Next(2) == 0;
        RandomRegister window = element with
        {
            Offset = offset,
            Page = RandomPage(),
            IsAlias = true,
            IndexSlot = index.Slot,
            Counter = counts ? index.Counter : 0,
            Reach = at => at < (ulong)count ? slot + (int)at : null,
        };
        if (own != Access.Default)
        {
            bool written = (own & RandomRegister.WriteModes) != 0;
            window = window with { Access = [.. Enumerable.Repeat(own, 8 * bytes)], Adds = window.Adds && written, Inverts = window.Inverts && (own & Access.R) != 0 };
        }

        if (!TryClaim([offset], window))
            return false;
        string access = own == Access.Default ? "" : AccessText(own);
        addresses.Append(CultureInfo.InvariantCulture, $", IndexData(nameof({index.Name}), 0x{offset:x}{access}{(counts ? ", AutoIncrement = true" : "")}{When(window.Page)})");
        Registers.Add(window);
        return true;
    }

    // Blocks of one register as wide as the bus, some of them absent; the lane that leads to them has no neighbour.
    private void TryInnerWindow(int start, int length)
    {
        int offset = start + (_random.Next(length / Bus) * Bus), count = _random.Next(1, 4), present = _random.Next(0, count + 1);
        if (Enumerable.Range(offset, Bus).Any(_claims.ContainsKey) || FindIndex(start, length) is not { } index || Enumerable.Range(offset, Bus).Any(_claims.ContainsKey))
            return;
        int stride = Bus * _random.Next(1, 3), scale = _random.Next(3) switch { 0 => Bus, 1 => 1, _ => 2 }, slot = _stored.Count, bus = Bus;
        Access access = s_accesses[_random.Next(s_accesses.Length)];
        bool counts = _random.Next(2) == 0;
        var window = new RandomRegister(slot, offset, Bus, [.. Enumerable.Repeat(access, 64)], Ones(Bus))
        {
            Page = RandomPage(),
            IsAlias = true,
            IndexSlot = index.Slot,
            Counter = counts ? index.Counter : 0,
            Reach = at => at < 1000 && (int)at * scale / stride < present && (int)at * scale % stride < bus ? slot + ((int)at * scale / stride) : null,
        };
        if (!TryClaim([offset], window with { Inverts = true, Adds = true }))
            return;
        string name = NewName(), type = AddInnerType(access);
        string some = string.Join(", ", Enumerable.Repeat("new()", present)), scaled = scale == Bus ? "" : $", Scale = {scale}";
        _members.Append(CultureInfo.InvariantCulture, $"    [Block(Count = {count}, Stride = {stride}), IndexData(nameof({index.Name}), 0x{offset:x}{scaled}{(counts ? ", AutoIncrement = true" : "")}{When(window.Page)})] public {type}[] {name} {{ get; }} = [{some}];\n");
        for (int i = 0; i < present; i++)
        {
            Registers.Add(window with { Slot = slot + i, IsHidden = true, IsAlias = false, Reach = null });
            _stored.Add($"{name}[{i}].Value");
        }

        Registers.Add(window);
    }

    // An index register that there is, or a new one: small numbers, so that most meet something.
    private Index? FindIndex(int start, int length)
    {
        if (_indexes.Count > 0 && _random.Next(2) == 0)
            return _indexes[_random.Next(_indexes.Count)];
        int bytes = RandomWidth(), offset = start + (_random.Next(length / bytes) * bytes);
        ulong ones = Ones(bytes), mask = _random.Next(4) switch { 0 => 3, 1 => ones, 2 => 5, _ => 7 };
        var register = new RandomRegister(_stored.Count, offset, bytes, [.. Enumerable.Repeat(Access.RW, 8 * bytes)], mask) { Reset = RandomValue(bytes) & 7 };
        if (!TryClaim([offset], register))
            return null;
        string name = NewName();
        bool named = _random.Next(3) == 0;
        string type = named ? name + "Index" + Name : IntegerOf(bytes);
        if (named)
            _types.Append(CultureInfo.InvariantCulture, $"public enum {type} : {IntegerOf(bytes)} {{ None }}\n");
        _members.Append(CultureInfo.InvariantCulture, $"    [Register(0x{offset:x}{Hex("Mask", mask, mask != ones)}{Hex("Reset", register.Reset, true)})] public partial {type} {name} {{ get; set; }}\n");
        Registers.Add(register);
        _stored.Add(named ? $"({IntegerOf(bytes)}){name}" : name);
        var index = new Index(name, register.Slot, mask is 5 ? ones : mask);
        _indexes.Add(index);
        return index;
    }

    private int[]? Place(int start, int length, int bytes, int count, int stride, RandomRegister element)
    {
        int first = start + (_random.Next(length / bytes) * bytes);
        int[] places = [.. Enumerable.Range(0, count).Select(i => first + (i * stride))];
        return places[^1] + bytes <= start + length && TryClaim(places, element) ? places : null;
    }

    // Bytes are shared by two pages, or by two directions, and by nobody else.
    private bool TryClaim(int[] places, RandomRegister register)
    {
        int[] bytes = [.. places.SelectMany(p => Enumerable.Range(p, register.Bytes))];
        if (bytes.Any(b => _claims.GetValueOrDefault(b, []).Any(c => c.Collides(register))))
            return false;
        foreach (int at in bytes)
        {
            if (!_claims.TryGetValue(at, out List<Claim>? claims))
                _claims.Add(at, claims = []);
            claims.Add(new Claim(register.Page, register.CanRead, register.CanWrite));
        }

        return true;
    }

    private int? RandomPage() => _random.Next(3) == 0 ? _random.Next(1, 3) : null;

    private ulong RandomValue(int bytes) => (ulong)_random.NextInt64() & Ones(bytes);

    private static ulong Ones(int bytes) => ulong.MaxValue >> (64 - (8 * bytes));

    private sealed record Claim(int? Page, bool Reads, bool Writes)
    {
        public bool Collides(RandomRegister other) =>
            ((Reads && other.CanRead) || (Writes && other.CanWrite)) && (Page is null || other.Page is null || Page == other.Page);
    }

    private sealed record Index(string Name, int Slot, ulong Counter);
}
