//! Which versions are selected.

/// Versions by their places in the [`Store`](super::Store), which stay as long as it does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    is_selected: Vec<bool>,
    count: usize,
}

impl Selection {
    /// How many are selected.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Whether the version at this place is selected.
    pub fn has(&self, place: u32) -> bool {
        self.is_selected.get(place as usize).copied().unwrap_or(false)
    }

    /// Whether there are places, and the versions at all of them are selected.
    pub fn has_all(&self, places: &[u32]) -> bool {
        !places.is_empty() && places.iter().all(|place| self.has(*place))
    }

    /// How many of these are selected.
    pub fn count_in(&self, places: &[u32]) -> usize {
        places.iter().filter(|place| self.has(**place)).count()
    }

    /// Selects the versions at these places, or does not select them any more.
    pub fn set(&mut self, places: impl IntoIterator<Item = u32>, is_selected: bool) {
        for place in places {
            let place = place as usize;
            if place >= self.is_selected.len() {
                self.is_selected.resize(place + 1, false);
            }
            if let Some(known) = self.is_selected.get_mut(place)
                && *known != is_selected
            {
                *known = is_selected;
                self.count = if is_selected { self.count + 1 } else { self.count - 1 };
            }
        }
    }

    /// The places of all that are selected.
    pub fn places(&self) -> Vec<u32> {
        (0..).zip(&self.is_selected).filter(|(_, is_selected)| **is_selected).map(|(place, _)| place).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_selected_is_counted_once() {
        let mut selection = Selection::default();
        selection.set([3, 1, 3], true);
        assert_eq!((selection.count(), selection.places()), (2, vec![1, 3]));
        assert!(selection.has_all(&[1, 3]) && !selection.has_all(&[1, 2]) && !selection.has_all(&[]));
        assert_eq!(selection.count_in(&[0, 1, 2]), 1);
        selection.set([1, 7], false);
        assert_eq!((selection.count(), selection.places()), (1, vec![3]));
        assert!(!selection.has(100));
    }
}
