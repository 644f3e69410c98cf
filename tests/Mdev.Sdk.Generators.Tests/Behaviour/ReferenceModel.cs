using System.Reflection;

namespace Mdev.Sdk.Generators.Tests.Behaviour;

/// <summary>
/// What a block of stored registers does, byte by byte and by reflection on its attributes: slow, plain, and no line of
/// it shared with the generator.
/// </summary>
internal sealed class ReferenceModel
{
    private readonly List<Register> _registers = [];
    private readonly IReadOnlyDictionary<string, Func<ReferenceModel, bool>> _conditions;

    public ReferenceModel(Type block, IReadOnlyDictionary<string, Func<ReferenceModel, bool>> conditions)
    {
        _conditions = conditions;
        foreach (PropertyInfo property in block.GetProperties())
        {
            if (property.GetCustomAttribute<RegisterAttribute>() is not { } attribute)
                continue;
            int width = WidthOf(property.PropertyType);
            _registers.Add(new Register(
                property.Name,
                (int)attribute.Offset,
                Bytes(attribute.Mask, width),
                Bytes(attribute.Reset, width),
                attribute.When,
                attribute.Unless));
        }
    }

    public byte this[string register, int index = 0] => _registers.Single(r => r.Name == register).Stored[index];

    public ulong? Read(uint lane, ulong enabled, int bus)
    {
        ulong value = 0;
        bool claimed = false;
        foreach ((int shift, Register? register, int index) in Touched(lane, enabled, bus))
        {
            claimed |= register is not null;
            value |= (ulong)(register?.Stored[index] ?? 0) << shift;
        }

        return claimed ? value : null;
    }

    public bool Write(uint lane, ulong value, ulong enabled, int bus)
    {
        // All of them are found before any is stored: what is stored may change the bank.
        var touched = Touched(lane, enabled, bus).Where(t => t.Register is not null).ToList();
        foreach ((int shift, Register? register, int index) in touched)
        {
            byte mask = register!.Mask[index];
            register.Stored[index] = (byte)((register.Stored[index] & ~mask) | ((byte)(value >> shift) & mask));
        }

        return touched.Count > 0;
    }

    public string? NameAt(uint offset) => Touched(offset, 0xff, 1).Single().Register?.Name;

    private IEnumerable<(int Shift, Register? Register, int Index)> Touched(uint lane, ulong enabled, int bus)
    {
        for (int i = 0; i < bus; i++)
        {
            if (((enabled >> (i * 8)) & 0xff) == 0)
                continue;
            int at = (int)lane + i;
            Register? register = _registers.SingleOrDefault(r => at >= r.Offset && at < r.Offset + r.Mask.Length && IsThere(r));
            yield return (i * 8, register, at - (register?.Offset ?? 0));
        }
    }

    private bool IsThere(Register register) =>
        (register.When is null || _conditions[register.When](this)) && (register.Unless is null || !_conditions[register.Unless](this));

    private static int WidthOf(Type type)
    {
        if (type.GetCustomAttribute<BitFieldsAttribute>() is { } fields)
            return (int)fields.Width;
        return System.Runtime.InteropServices.Marshal.SizeOf(type.IsEnum ? Enum.GetUnderlyingType(type) : type);
    }

    private static byte[] Bytes(ulong value, int width) => BitConverter.GetBytes(value)[..width];

    private sealed record Register(string Name, int Offset, byte[] Mask, byte[] Stored, string? When, string? Unless);
}
