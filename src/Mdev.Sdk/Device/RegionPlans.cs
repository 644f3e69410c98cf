using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Device;

/// <summary>The regions of <see cref="RegionAttribute"/>.</summary>
internal sealed class RegionPlans
{
    private readonly SortedDictionary<int, RegionPlan> _plans = [];

    public void Add(IRegisterBlock? block, RegionAttribute region)
    {
        ArgumentNullException.ThrowIfNull(region);
        if (block is not null)
            PlanOf(region).Add(region.Offset, block);
    }

    public void Add(DeviceMemory? memory, RegionAttribute region)
    {
        ArgumentNullException.ThrowIfNull(region);
        if (memory is not null)
            PlanOf(region).Add(region.Offset, memory, region.Mapped);
    }

    /// <summary>Makes them.</summary>
    /// <param name="device">Owns them.</param>
    /// <param name="first">Indices below are not ours: they stay empty.</param>
    /// <returns>By index, as long as the highest one asks for, and at least <paramref name="first"/>.</returns>
    public Region?[] Build(VfioDevice device, int first)
    {
        var regions = new Region?[_plans.Count == 0 ? first : Math.Max(first, _plans.Keys.Max() + 1)];
        foreach ((int index, RegionPlan plan) in _plans)
        {
            if (index < first)
                throw new InvalidOperationException($"Region {index} of {device.GetType().Name} has a meaning of its own; device-specific ones begin at {first}.");
            regions[index] = plan.Build(device, index, plan.Extent);
        }
        return regions;
    }

    private RegionPlan PlanOf(RegionAttribute region)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(region.Index, nameof(region));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(region.Index, RegionAttribute.MaxIndex, nameof(region));
        if (!_plans.TryGetValue(region.Index, out RegionPlan? plan))
            _plans.Add(region.Index, plan = new RegionPlan());

        plan.Size = Math.Max(plan.Size, region.Size);
        plan.Traits = new(
            Math.Max(plan.Traits.Type, region.Type),
            Math.Max(plan.Traits.Subtype, region.Subtype),
            plan.Traits.ReadOnly || region.ReadOnly,
            plan.Traits.WriteOnly || region.WriteOnly);
        return plan;
    }
}
