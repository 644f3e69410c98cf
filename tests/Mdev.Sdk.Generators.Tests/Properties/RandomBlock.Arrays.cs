using System.Globalization;
using System.Text;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Generators.Tests.Properties;

/// <summary>Arrays, and their other addresses.</summary>
internal sealed partial class RandomBlock
{
    private RandomArray RandomArrayOf(int bytes, int count, int stride, int? page, bool oneWay)
    {
        string name = NewName(), index = "int";
        (string type, Access stated, RandomRegister element) = RandomType(bytes, oneWay);
        ulong ones = Ones(bytes);
        ulong[] resets = [.. Enumerable.Range(0, count).Select(_ => RandomValue(bytes))];
        bool differ = _random.Next(2) == 0;
        if (!differ)
            Array.Fill(resets, resets[0]);
        if (_random.Next(3) == 0)
        {
            index = NewName() + "Names" + Name;
            _types.Append(CultureInfo.InvariantCulture, $"public enum {index} : {(_random.Next(2) == 0 ? "byte" : "long")} {{ {NewName()} }}\n");
        }

        element = element with
        {
            Slot = _stored.Count,
            Mask = _random.Next(3) == 0 ? RandomValue(bytes) : ones,
            ResetOn = (ResetOn)_random.Next(3),
            Gated = _random.Next(5) == 0,
            Adds = !oneWay && _random.Next(5) == 0,
            Inverts = !oneWay && _random.Next(5) == 0,
            TakesAccess = _random.Next(2) == 0,
            Page = page,
            Partial = Partial,
        };
        (element, string watch) = RandomWatch(element);
        string arguments = AccessText(stated) + Hex("Mask", element.Mask, element.Mask != ones)
            + (differ ? $", Resets = [{string.Join(", ", resets)}]" : Hex("Reset", resets[0], true))
            + $", ResetOn = ResetOn.{element.ResetOn}" + (element.Gated ? ", WritableWhen = nameof(Open)" : "") + When(page);
        return new RandomArray(name, type, index, element, stride, resets, arguments, watch);
    }

    // Where they lie; nowhere if only index and data pairs lead to them.
    private void AddElements(RandomArray array, int[]? places)
    {
        RandomRegister element = array.Element;
        for (int i = 0; i < array.Count; i++)
        {
            Registers.Add(element with { Slot = element.Slot + i, Offset = places?[i] ?? 0, Reset = element.Forced(array.Resets[i]), IsHidden = places is null });
            _stored.Add(array.Type == IntegerOf(element.Bytes) ? $"{array.Name}[{i}]" : $"({IntegerOf(element.Bytes)}){array.Name}[{i}]");
        }
    }

    private void AppendArray(RandomArray array, string place, string addresses)
    {
        string full = array.Index == "int" ? $"RegisterArray<{array.Type}>" : $"RegisterArray<{array.Index}, {array.Type}>";
        _members.Append(CultureInfo.InvariantCulture, $"    [RegisterArray({place}{array.Arguments}){array.Watch}{addresses}] public partial {full} {array.Name} {{ get; }}\n");
        AppendHandlers(array.Element, array.Name, array.Type, $"{array.Index} index, ");
    }

    // What found no place is a table of the device's own, which nobody sees.
    private void AppendTable(RandomArray array)
    {
        string integer = IntegerOf(array.Element.Bytes);
        string values = string.Join(", ", array.Resets.Select(r => $"unchecked(({array.Type})({integer})0x{r:x})"));
        _members.Append(CultureInfo.InvariantCulture, $"    public {array.Type}[] {array.Name} {{ get; }} = [{values}];\n");
        int first = array.Element.Slot;
        Registers.RemoveAll(r => r.Slot >= first && r.Slot < first + array.Count);
        for (int i = 0; i < array.Count; i++)
            Registers.Add(array.Element with { Slot = first + i, Reset = array.Resets[i], ResetOn = ResetOn.Never, IsHidden = true });
    }

    private void TryArrayAlias(int start, int length, RandomArray array, StringBuilder addresses)
    {
        RandomRegister element = array.Element;
        Access access = s_accesses[_random.Next(s_accesses.Length)] & ~Access.Once;
        bool inherits = _random.Next(4) == 0;
        int stride = _random.Next(2) == 0 ? array.Stride : element.Bytes * _random.Next(1, 4);
        RandomRegister alias = element with { Page = RandomPage(), IsAlias = true };
        if (!inherits)
            alias = alias with { Access = [.. Enumerable.Repeat(access, 8 * element.Bytes)], Watches = false };
        if (Place(start, length, array.Count, stride, alias) is not { } places)
            return;
        addresses.Append(CultureInfo.InvariantCulture, $", Alias(0x{places[0]:x}{(inherits ? "" : AccessText(access))}{(stride == array.Stride ? "" : $", Stride = {stride}")}{When(alias.Page)})");
        for (int i = 0; i < array.Count; i++)
            Registers.Add(alias with { Slot = element.Slot + i, Offset = places[i] });
    }
}
