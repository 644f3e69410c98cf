using System.Text;

namespace Mdev.Sdk.Generators.Tests.Properties;

/// <summary>
/// Lanes in which registers, also such as are wider than the bus, arrays, their other addresses, and index and data pairs lie as they
/// happen to fit.
/// </summary>
internal sealed partial class RandomBlock
{
    private readonly Dictionary<int, List<Claim>> _claims = [];

    private int AddTangle(int offset)
    {
        int start = Align(offset, Bus), length = Bus * _random.Next(2, 9);
        for (int tries = 0; tries < 10; tries++)
        {
            if (_random.Next(2) == 0)
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
        int bytes = RandomWidth(wide: true);
        (RandomRegister register, string type, string arguments) = RandomRegisterOf(bytes, RandomPage(), _random.Next(12) == 0, oneWay: _random.Next(3) == 0);
        if (Place(start, length, 1, bytes, register) is not [var offset])
            return;
        register = Addressed(register, offset);
        (register, string more) = RandomWatch(register);
        Registers.Add(register);
        if (CanHaveAlias(register) && _random.Next(3) == 0)
        {
            (RandomRegister alias, string how) = RandomAlias(register, RandomPage());
            if (Place(start, length, 1, bytes, alias) is [var at])
            {
                Registers.Add(alias with { Offset = at });
                more += $", Alias(0x{at:x}{how})";
            }
        }

        AppendRegister(register, type, arguments, more);
    }

    private void TryArray(int start, int length)
    {
        int bytes = RandomWidth(), count = _random.Next(1, 7), stride = bytes * _random.Next(1, 5);
        RandomArray array = RandomArrayOf(bytes, count, stride, RandomPage(), oneWay: _random.Next(3) == 0);
        var addresses = new StringBuilder();
        int[]? direct = _random.Next(4) == 0 ? null : Place(start, length, count, stride, array.Element);
        AddElements(array, direct);
        if (direct is not null && _random.Next(2) == 0)
            TryArrayAlias(start, length, array, addresses);
        bool reached = false;
        for (int tries = direct is null ? 20 : _random.Next(3); tries > 0 && !(reached && direct is null); tries--)
            reached |= TryWindow(start, length, array, addresses);
        if (direct is not null)
            AppendArray(array, $"0x{direct[0]:x}, {count}, Stride = {stride}", addresses.ToString());
        else if (reached)
            AppendArray(array, $"Count = {count}", addresses.ToString());
        else
            AppendTable(array);
    }

    // Where the first is aligned to its width and none collides with what is there.
    private int[]? Place(int start, int length, int count, int stride, RandomRegister element)
    {
        int bytes = element.Bytes, first = Align(start, bytes) + (_random.Next(Math.Max(1, length / bytes)) * bytes);
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

    private sealed record Claim(int? Page, bool Reads, bool Writes)
    {
        public bool Collides(RandomRegister other) =>
            ((Reads && other.CanRead) || (Writes && other.CanWrite)) && (Page is null || other.Page is null || Page == other.Page);
    }
}
