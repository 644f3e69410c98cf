using System.Buffers.Binary;
using Mdev.Sdk.Device;
using Mdev.Sdk.Export;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Observation;

/// <summary>The registers of a region: found by what is declared, not by asking each byte.</summary>
internal sealed class RegisterList
{
    // So many are copied while the device's lock is held once, so that no access waits for longer.
    private const int Batch = 256;

    private readonly VfioDevice _device;
    private readonly uint _region;
    private readonly List<RegisterPlace> _places = [];

    private RegisterList(VfioDevice device, uint region) => (_device, _region) = (device, region);

    /// <summary>Registers of long arrays that are left out.</summary>
    public int Omitted { get; private set; }

    public static RegisterList Of(VfioDevice device, uint region)
    {
        var list = new RegisterList(device, region);
        foreach (PlacedBlock block in device.BlocksOf(region))
            list.Collect(block.Map, block.Map, block.Offset, depth: 0);
        list._places.Sort((a, b) => (a.Offset, a.Width).CompareTo((b.Offset, b.Width)));
        return list;
    }

    /// <summary>Those that are there now, with their values.</summary>
    public IReadOnlyList<RegisterSnapshot> Read()
    {
        var copied = new List<Copied>();
        for (int done = 0; done < _places.Count; done += Batch)
        {
            lock (_device.Gate)
            {
                for (int i = done; i < Math.Min(done + Batch, _places.Count); i++)
                    Copy(_places[i], copied);
            }
        }
        return [.. copied.Select(Explain)];
    }

    // A block may be declared inside of its own kind, and then is not there at some depth.
    private void Collect(RegisterMap root, RegisterMap map, ulong origin, int depth)
    {
        const int Deepest = 8;
        foreach (RegisterInfo register in BlockView.RegistersOf(map))
        {
            int shown = register.IsArray ? Math.Min(register.Count, RegionSnapshot.MostOfArray) : 1;
            Omitted += register.IsArray ? register.Count - shown : 0;
            for (int i = 0; i < shown; i++)
                _places.Add(new(origin + register.OffsetOf(i), register.Width, root));
        }
        foreach (InnerBlockInfo inner in BlockView.BlocksOf(map).Where(_ => depth < Deepest))
        {
            for (int i = 0; i < Math.Min(inner.Count, RegionSnapshot.MostOfArray); i++)
                Collect(root, inner.Map, origin + inner.Offset + ((ulong)i * inner.Stride), depth + 1);
        }
    }

    // On the lock.
    private void Copy(RegisterPlace place, List<Copied> copied)
    {
        string? read = _device.NameAt(_region, place.Offset, write: false);
        if ((read ?? _device.NameAt(_region, place.Offset, write: true)) is not { } name)
            return;

        // Of several that share an address: the one that is there, by its own width, and once.
        RegisterInfo? register = place.Root.Find(name);
        if ((register is not null && register.Width != place.Width) || copied is [.., var last] && last.Place.Offset == place.Offset && last.Name == name)
            return;
        if (read is null && register is { CanRead: true })
            return;
        copied.Add(new(place, name, register, read is null || register is { CanPeek: false, Reset: null } ? null : Peek(place)));
    }

    private ulong Peek(RegisterPlace place)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        bytes.Clear();
        int count = place.Width / 8;
        _device.Peek(_region, place.Offset, bytes[..count]);
        if (place.Root.Info.ByteOrder == ByteOrder.BigEndian)
            bytes[..count].Reverse();
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    private static RegisterSnapshot Explain(Copied copied)
    {
        RegisterInfo? register = copied.Register;
        return new RegisterSnapshot
        {
            Block = copied.Place.Root.Info.Name,
            Name = copied.Name,
            Offset = copied.Place.Offset,
            Width = copied.Place.Width,
            Value = copied.Value,
            Meaning = copied.Value is { } value && register is { Fields.Count: 0, Values.Count: > 0 } ? register.Decode(value) : "",
            Fields = copied.Value is { } all ? [.. register?.Fields.Select(f => new FieldSnapshot(f.Name, f.High, f.Low, f.Decode(all))) ?? []] : [],
            Unseen = register is { CanRead: true, CanPeek: false },
            NotImplemented = register?.NotImplemented,
        };
    }

    private readonly record struct Copied(RegisterPlace Place, string Name, RegisterInfo? Register, ulong? Value);
}
