using System.Globalization;
using System.Text;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Generators.Tests.Properties;

/// <summary>Index and data pairs, which lead to arrays and to inner blocks.</summary>
internal sealed partial class RandomBlock
{
    private readonly List<Index> _indexes = [];

    private bool TryWindow(int start, int length, RandomArray array, StringBuilder addresses)
    {
        if (FindIndex(start, length) is not { } index)
            return false;
        RandomRegister element = array.Element;
        int bytes = element.Bytes, offset = start + (_random.Next(length / bytes) * bytes), slot = element.Slot, count = array.Count;
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
            window = window with
            {
                Access = [.. Enumerable.Repeat(own, 8 * bytes)], Adds = window.Adds && written, Inverts = window.Inverts && (own & Access.R) != 0, Watches = false,
            };
        }

        if (!TryClaim([offset], window))
            return false;
        string access = own == Access.Default ? "" : AccessText(own);
        addresses.Append(CultureInfo.InvariantCulture, $", IndexData(nameof({index.Name}), 0x{offset:x}{access}{(counts ? ", AutoIncrement = true" : "")}{When(window.Page)})");
        Registers.Add(window);
        return true;
    }

    // Some of the blocks are absent; the lane that leads to them has no neighbour.
    private void TryInnerWindow(int start, int length)
    {
        int offset = start + (_random.Next(length / Bus) * Bus), count = _random.Next(1, 4), present = _random.Next(0, count + 1);
        if (Enumerable.Range(offset, Bus).Any(_claims.ContainsKey) || FindIndex(start, length) is not { } index || Enumerable.Range(offset, Bus).Any(_claims.ContainsKey))
            return;
        int stride = Bus * _random.Next(1, 3), scale = _random.Next(3) switch { 0 => Bus, 1 => 1, _ => 2 }, slot = _stored.Count, bus = Bus;
        (string type, RandomRegister register) = RandomInner();
        bool counts = _random.Next(2) == 0;
        RandomRegister window = register with
        {
            Slot = slot,
            Offset = offset,
            Page = RandomPage(),
            IsAlias = true,
            IndexSlot = index.Slot,
            Counter = counts ? index.Counter : 0,
            Reach = at => at < 1000 && (int)at * scale / stride < present && (int)at * scale % stride < bus ? slot + ((int)at * scale / stride) : null,
        };
        if (!TryClaim([offset], window with { Inverts = true, Adds = true }))
            return;
        string name = NewName();
        string some = string.Join(", ", Enumerable.Repeat("new()", present)), scaled = scale == Bus ? "" : $", Scale = {scale}";
        _members.Append(CultureInfo.InvariantCulture, $"    [Block(Count = {count}, Stride = {stride}), IndexData(nameof({index.Name}), 0x{offset:x}{scaled}{(counts ? ", AutoIncrement = true" : "")}{When(window.Page)})] public {type}[] {name} {{ get; }} = [{some}];\n");
        for (int i = 0; i < present; i++)
        {
            Registers.Add(register with { Slot = slot + i, IsHidden = true });
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
        var register = new RandomRegister(_stored.Count, offset, bytes, [.. Enumerable.Repeat(Access.RW, 8 * bytes)], mask) { Reset = RandomValue(bytes) & 7, Partial = Partial };
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

    private sealed record Index(string Name, int Slot, ulong Counter);
}
